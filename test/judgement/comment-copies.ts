import { SeededChance } from '../harness/seeded-chance.ts';

/**
 * Invented comments of more than forty characters, what people make of a comment when they hand it on, and comments on the same
 * theme that say something else. Written for this project; nobody's words.
 */
const list = (words: string): readonly string[] => words.trim().split(/\s+/);

const openings =
  list(`这学期开学以来 上周末开始 昨天晚上 最近这几天 从上个月起 今天中午 国庆回来以后 连着三天了
 早上八点不到 军训结束以后 期中考试前后 下雨那天起`);
const places = list(`二食堂 三食堂 东区宿舍 西区宿舍 图书馆三楼 图书馆一楼 教学楼A座 实验楼 体育馆 校医院
 北门快递站 南门快递站 五号楼 七号楼 大学生活动中心 研究生公寓`);
const matters =
  list(`热水一直不热 空调坏了没人修 窗口排队特别长 饭菜里吃出了虫子 阿姨打饭手抖得厉害 晚上十点就关灯
 插座全都没有电 无线网络老是断线 厕所门锁坏了好几个 洗衣机收费涨价了 电梯三天两头停运 自习座位被人占着不来
 打印机总是卡纸 直饮水机有股怪味 隔壁装修吵得没法休息 快递堆在地上没人管 医生下午常常不在 路灯坏了一整排
 门禁半夜刷不开 空地上垃圾堆了好多天`);
const details =
  list(`问了宿管说是等通知 打了三次电话都没人接 前台让我们找后勤 报修单交了两个星期 群里好几个人都遇到了
 有人拍了照片发在群里 值班的人说不归他们管 之前也有人提过还是老样子 说好周五来修到现在没影 公告栏上什么说明也没有
 我们寝室四个人都投诉过 隔壁班的同学也这么说`);
const outcomes =
  list(`早起上课特别受影响 晚上根本睡不好 已经有两个人拉肚子了 复习计划全被打乱 每天要多走二十分钟
 身上都冻感冒了 中午只能吃泡面 考研的人压力本来就大 东西丢了也没处找 大家意见都挺大的 手机都没法充电 真的影响心情`);
const endings =
  list(`希望学校能尽快解决一下 请相关部门给个说法 麻烦后勤的老师来看看 求一个明确的时间 别再互相推了好吗
 能不能先贴个通知 建议装个意见箱 拜托早点处理吧 恳请领导重视起来 至少先临时安排一下`);

/** The pieces of one comment, so that another can differ from it in just one. */
interface Pieces {
  opening: string;
  place: string;
  matter: string;
  detail: string;
  outcome: string;
  ending: string;
}

const shapes: readonly ((pieces: Pieces) => string)[] = [
  (p) => `${p.opening}，${p.place}的${p.matter}，${p.detail}，${p.outcome}。${p.ending}！`,
  (p) => `${p.place}到底怎么回事？${p.opening}${p.matter}，${p.outcome}，${p.detail}。${p.ending}。`,
  (p) => `想反映一个问题：${p.opening}${p.place}${p.matter}。${p.detail}，${p.outcome}，${p.ending}。`,
  (p) => `${p.opening}去${p.place}，发现${p.matter}。${p.detail}……${p.outcome}，${p.ending}，谢谢。`,
  (p) =>
    `有没有人和我一样觉得${p.place}越来越差？${p.matter}，${p.detail}。${p.opening}就这样，${p.outcome}。${p.ending}`,
];

const pick = <T>(chance: SeededChance, from: readonly T[]): T => from[chance.between(0, from.length)] as T;

function choosePieces(chance: SeededChance): Pieces {
  return {
    opening: pick(chance, openings),
    place: pick(chance, places),
    matter: pick(chance, matters),
    detail: pick(chance, details),
    outcome: pick(chance, outcomes),
    ending: pick(chance, endings),
  };
}

export interface Comment {
  text: string;
  pieces: Pieces;
  shape: number;
}

/** No two of them alike. */
export function writeComments(count: number, seed: number): Comment[] {
  const chance = new SeededChance(seed);
  const comments = new Map<string, Comment>();
  while (comments.size < count) {
    const shape = chance.between(0, shapes.length);
    const pieces = choosePieces(chance);
    const text = shapes[shape]?.(pieces) ?? '';
    if ([...text].length >= 45) comments.set(text, { text, pieces, shape });
  }
  return [...comments.values()];
}

/** The same comment but for one fact: another place, or another complaint. */
export function writeOther(comment: Comment, fact: 'place' | 'matter', chance: SeededChance): Comment {
  const from = (fact === 'place' ? places : matters).filter((one) => one !== comment.pieces[fact]);
  const pieces = { ...comment.pieces, [fact]: pick(chance, from) };
  return { ...comment, pieces, text: shapes[comment.shape]?.(pieces) ?? '' };
}

/** What is said of which place: comments that have all of it in common may be about the same thing indeed. */
export function factsOf({ pieces }: Comment): string {
  return `${pieces.place} ${pieces.matter} ${pieces.detail}`;
}

const common =
  '的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感';
const faces = ['😭', '😡😡', '[泪]', '🙏', '[怒][怒]', '😂😂😂', '❗️', '[doge]'];
const tags = ['#校园生活#', '#大学日常#', '#后勤服务#', '#今日吐槽#'];
const introductions = ['转发', '速看！', '转发微博：', '求扩散求扩散 ', '大家快看，', '帮转：', '转：@… '];
const swaps: readonly (readonly [string, string])[] = [
  ...[
    ['特别', '非常'],
    ['老是', '总是'],
    ['一直', '始终'],
    ['希望', '盼望'],
    ['尽快', '赶快'],
    ['根本', '完全'],
  ],
  ...[
    ['真的', '实在'],
    ['麻烦', '拜托'],
    ['恳请', '请求'],
    ['觉得', '感觉'],
    ['本来', '原本'],
    ['到底', '究竟'],
  ],
  ...[
    ['解决', '处理'],
    ['重视', '关注'],
    ['常常', '经常'],
    ['好几个', '很多'],
    ['好多天', '很多天'],
    ['大家', '我们'],
  ],
  ...[
    ['反映', '反馈'],
    ['一个', '个'],
    ['能不能', '可不可以'],
    ['建议', '希望'],
    ['说法', '答复'],
    ['来看看', '看一下'],
  ],
  ...[
    ['问了', '问过'],
    ['发现', '看到'],
    ['怎么回事', '什么情况'],
    ['越来越', '愈来愈'],
    ['给个', '给一个'],
  ],
  ...[
    ['东西', '物品'],
    ['同学', '学生'],
    ['休息', '睡觉'],
    ['睡不好', '睡不着'],
    ['没人', '无人'],
    ['早点', '早些'],
  ],
] as unknown as readonly (readonly [string, string])[];

function insertAt(text: string, at: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at);
}

function swapWords(text: string, share: number, chance: SeededChance): string {
  const possible = swaps.filter(([word]) => text.includes(word));
  let swapped = text;
  let changed = 0;
  while (changed < text.length * share && possible.length > 0) {
    const [[from, to] = ['', '']] = possible.splice(chance.between(0, possible.length), 1);
    swapped = swapped.replace(from, to);
    changed += from.length;
  }
  return swapped;
}

const wide = (text: string) =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

/** What people, and what machines on the way, do to a comment. Each gives a text that differs from what it is given. */
export const edits: Record<string, (text: string, chance: SeededChance) => string> = {
  typo: (text, chance) => {
    const han = [...text].flatMap((character, at) => (/\p{Script=Han}/u.test(character) ? [at] : []));
    const at = pick(chance, han);
    const other = pick(
      chance,
      [...common].filter((one) => one !== text[at]),
    );
    return text.slice(0, at) + other + text.slice(at + 1);
  },
  emoji: (text, chance) => insertAt(text, chance.between(0, text.length + 1), pick(chance, faces)),
  hashtag: (text, chance) =>
    chance.between(0, 2) === 0 ? `${pick(chance, tags)}${text}` : `${text} ${pick(chance, tags)}`,
  mention: (text, chance) => (chance.between(0, 2) === 0 ? `@… ${text}` : `${text} @… @…`),
  truncated: (text, chance) => {
    const least = Math.max(41, Math.floor(text.length * 0.6));
    return `${text.slice(0, chance.between(least, Math.max(least + 1, text.length - 3)))}…`;
  },
  introduced: (text, chance) => pick(chance, introductions) + text,
  punctuation: (text) => text.replace(/[，。！？：…]/g, ' ').replace(/ $/, '~'),
  width: (text) => wide(text.replace(/，/g, ',').replace(/。/g, '.')),
  'words 5 %': (text, chance) => swapWords(text, 0.05, chance),
  'words 15 %': (text, chance) => swapWords(text, 0.15, chance),
};
