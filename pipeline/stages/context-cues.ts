import { type Category, categoryFacts, type Family } from '../domain/category.ts';
import type { Span } from '../text/spans.ts';
import type { TextContext } from './text-context.ts';

/** Words around a hit that show that a danger is spoken about, not announced. */
interface Cue {
  families: readonly Family[];
  /** How far from the hit the words count. */
  within: 'two-clauses' | 'sentence' | 'text';
  /** Hits that are at least this sure are not muted. */
  belowConfidence: number;
  /** Only for what the school itself published. */
  ownOnly: boolean;
  /** A hit that holds one of these tells of something that happened, and is not muted. */
  unlessHitHas: string;
  /** A text that holds one of these is taken at its word. */
  unlessTextHas: readonly string[];
  words: readonly string[];
}

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

const cues: readonly Cue[] = [
  {
    families: ['fraud', 'noise'],
    within: 'sentence',
    belowConfidence: 1.01,
    ownOnly: false,
    unlessHitHas: '骗',
    unlessTextHas: [],
    words:
      list(`警惕 谨防 严防 防范 防骗 反诈 切勿 勿信 轻信 诈骗 骗局 骗术 骗子 骗人 上当 受骗 整治 举报 抵制 远离 不参与
      违纪 处分 案例 被捕 判刑 曝光 揭秘 陷阱 套路 千万别`),
  },
  {
    // A swindler names the police as well, but he tells the reader what to do.
    families: ['fraud', 'noise'],
    within: 'sentence',
    belowConfidence: 1.01,
    ownOnly: false,
    unlessHitHas: '骗',
    unlessTextHas: list(
      `您涉嫌 你涉嫌 说我涉嫌 您名下 你名下 您的 你的账户 请配合 请将资金 请立即转 请加 加微信 加qq 先交`,
    ),
    words: list(`严禁 打击 作弊 诚信 犯罪 嫌疑 警方 民警 公安 查处 抓获`),
  },
  {
    families: ['safety'],
    within: 'sentence',
    belowConfidence: 0.93,
    ownOnly: false,
    unlessHitHas: '我想',
    unlessTextHas: list('快来 快跑 快逃 救命 求救 报警 消防车 救护车 刚刚 正在 有没有人 怎么办'),
    words:
      list(`演练 演习 预案 模拟 预防 防止 严防 干预 讲座 培训 科普 电影 小说 剧情 剧里 剧中 电视剧 动漫 歌词
      主演 导演 书里 书中 剧本 话剧 案例 游戏 王者 吃鸡 副本 队友 玩家 蚊子 蟑螂`),
  },
  {
    families: ['safety', 'abuse', 'assertion'],
    within: 'text',
    belowConfidence: 1.01,
    ownOnly: true,
    unlessHitHas: '',
    unlessTextHas: [],
    words: list(
      `通知 公告 公示 通报 预案 演练 活动 会议 举办 开展 举行 工作 学院 培训 讲座 教育 宣传 服务 安排 报名 学习`,
    ),
  },
  {
    families: ['fraud', 'noise'],
    within: 'text',
    belowConfidence: 1.01,
    ownOnly: true,
    unlessHitHas: '',
    unlessTextHas: [],
    words: list('防范 警惕 谨防 打击 反诈 诈骗 骗局 作弊 违纪 处分 抵制 远离 严禁'),
  },
  {
    families: ['safety'],
    within: 'two-clauses',
    belowConfidence: 0.8,
    ownOnly: false,
    unlessHitHas: '',
    unlessTextHas: list(
      `抑郁 遗书 安眠药 天台 楼顶 割 跳下 活着没意 崩溃 绝望 孤独 撑不 坚持不 没人在意 没有人在乎 失眠 解脱 自残 吃药 求助 救救我`,
    ),
    words:
      list(`考试 考研 考得 期末 期中 挂科 背书 背得 复习 作业 论文 答辩 开题 实验 报告 早八 体测 跑步 军训 高数 英语 四级 六级
      ddl 加班 上班 写得 写到 学得 笑 哈哈 hhh 2333 狗头 困 饿 累得 热得 冷得 热到 冷到 晒 馋 香得 好吃 尴尬 社死 可爱 羡慕 嫉妒 无聊 忙得 忙到 堵车 排队
      牙疼 痛经 姨妈 减肥 输了 追剧 好看 帅 美 甜 想你 想他 想她 想家`),
  },
];

const furthestUnits = 120;
const sentenceEnds = new Set([...'。!?;\n']);
const clauseEnds = new Set([...'。!?;\n,、:~ …']);

/** The text around a span, from so many `parts` before it to the end of its own. */
function around(text: string, span: Span, ends: ReadonlySet<string>, parts: number): string {
  const lowest = Math.max(0, span.start - furthestUnits);
  let start = span.start;
  let left = parts;
  for (; start > lowest; start -= 1) {
    const isEnd = ends.has(text.charAt(start - 1));
    // A row of marks (……) ends one part, not several.
    if (isEnd && (start === span.start || !ends.has(text.charAt(start)))) left -= 1;
    if (left === 0) break;
  }
  const highest = Math.min(text.length, span.end + furthestUnits);
  let end = span.end;
  while (end < highest && !ends.has(text.charAt(end))) end += 1;
  return text.slice(start, end);
}

const openingUnits = 4000;

function scopeOf(text: string, span: Span, within: Cue['within']): string {
  if (within === 'text') return text.slice(0, openingUnits);
  return within === 'sentence' ? around(text, span, sentenceEnds, 1) : around(text, span, clauseEnds, 2);
}

function speaksAbout(context: TextContext, cue: Cue, span: Span): boolean {
  const text = context.squeezed.text;
  if (cue.unlessHitHas !== '' && text.slice(span.start, span.end).includes(cue.unlessHitHas)) return false;
  if (cue.unlessTextHas.length > 0) {
    const opening = text.slice(0, openingUnits);
    if (cue.unlessTextHas.some((word) => opening.includes(word))) return false;
  }
  const scope = scopeOf(text, span, cue.within);
  return cue.words.some((word) => scope.includes(word));
}

/**
 * Is a hit only a way of speaking: a warning against fraud, a fire drill, an exam one could die of?
 * @param span in the squeezed text
 */
export function isMuted(context: TextContext, category: Category, confidence: number, span: Span): boolean {
  const { family } = categoryFacts[category];
  return cues.some(
    (cue) =>
      cue.families.includes(family) &&
      confidence < cue.belowConfidence &&
      (!cue.ownOnly || context.isOwn) &&
      speaksAbout(context, cue, span),
  );
}
