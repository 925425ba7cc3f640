/** What a clause says by its words, its end included. */
export interface Clause {
  text: string;
  /** Its first word. */
  first: string;
  /** Does a word of contrast stand in it? */
  contrasts: boolean;
  /** With its denials and degrees. */
  value: number;
  /** The words alone, as if nothing were denied. */
  bare: number;
  /** How many words of denial stand in it. */
  denials: number;
}

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

/** Forms of words that carry a tone of their own. */
const phrases: readonly (readonly [number, readonly string[]])[] = [
  [
    -2,
    list(`这也叫 这也能叫 这能叫 这就叫 也配 凭什么 有完没完 受得了吗 能受得了 就不能 像话吗 干什么吃的 心里没数 良心不会痛 没救了
      没法吃 没法用 没法住 没法看 没法说 没法待 没法忍 不敢恭维 一言难尽 拍脑袋 走过场 装聋作哑 石沉大海 不了了之 不认账 不当回事 没眼看
      倒数第一 不作为 烂透 烂到 还能再 再也不会 再也不想 再也不去 再也不来 再也不吃 再也不买 毫无诚意 毫无责任 毫无人性 毫无道理 毫无意义
      毫无作用 毫无底线 不无遗憾 没有最差 只有更差 不配有 没一件 没一个 没一封 形同虚设 睁只眼 一问三不知 没个准
      勿来赛 办得不中 污糟 曱甴 难食 磕碜 没得意思 莫得意思 啥玩意 弄啥嘞 搞么子 膈应 t_t t.t qaq orz >_<`),
  ],
  [
    2,
    list(`没得说 没的说 没话说 没得挑 挑不出 没什么可挑 没什么好挑 无可挑剔 不虚此行 不枉 名不虚传 名副其实 知足了 没毛病 一等奖 国奖
      香迷糊 美迷糊 帅迷糊 甜迷糊 暖到 哪都好 哪儿都好 一绝 再好不过 毫无怨言 毫无保留 可取之处 和气 没有最好 只有更好 再也不用
      巴适 嫽扎 安逸得 要得 可中 中得很 抵食 好好食 唔错 杠赛来 倍儿快 倍儿好 倍儿棒 老好吃 老香 老有意思 不孬 ^_^ ^▽^ ^ω^ °∇° ≧▽≦`),
  ],
];

/** A form of words that makes something else of a clause than its words say; tried where one of its beginnings stands. */
interface Form {
  beginnings: readonly string[];
  pattern: RegExp;
  apply: (clause: Clause) => number;
}

/** What the words say when the form's own denial is one of those that stand in the clause. */
function withoutOwn({ bare, denials }: Clause): number {
  return denials > 0 && denials % 2 === 0 ? -bare : bare;
}

/** 不觉得不公平 denies a denial. */
const deniedAll = (clause: Clause): number => withoutOwn(clause) * -0.8;

/** 没见过这么不负责的: never so much of it. */
const stressed = (clause: Clause): number => withoutOwn(clause) * 1.3;

const forms: readonly Form[] = [
  {
    beginnings: list('没见 没吃 没喝 没遇 没碰 没听 没看 没用 没住 没去 没有见 没有吃 没有遇'),
    pattern: /没有?[见吃喝遇碰听看用住去]到?过?.{0,6}(这么|那么|如此|这样|这般)/,
    apply: stressed,
  },
  {
    beginnings: list('不是一般 岂止 何止 不能更 不能再'),
    pattern: /不是一般的?|岂止|何止|不能更|得不能再/,
    apply: ({ bare }) => bare * 1.3,
  },
  {
    beginnings: list('怎么会 怎么能 怎么有 上哪'),
    pattern: /怎么(会|能)?有?(这么|那么|如此)|上哪儿?找/,
    apply: stressed,
  },
  {
    beginnings: list('能不 还不'),
    pattern: /能不.{1,8}[吗么嘛]|还不(够|算)?.{1,4}[吗么嘛]/,
    apply: stressed,
  },
  // 没有一个人不夸, 不得不佩服, 不会不好吃: a denial denied.
  {
    beginnings: list('不得不 不能不 不会不 不可能不 无不 无一不 没有一 没有人 没有谁 没有哪 没人 没一'),
    pattern:
      /不得不|不能不|不会不|不可能不|无不|无一不|(没|没有)(一个|一位|一次|一道|人|谁|哪个|哪次|哪位).{0,8}不/,
    apply: ({ bare }) => bare * 0.9,
  },
  {
    beginnings: list('不是不 不是没 并非不 并非没 未必不 未必没 不能说不'),
    pattern: /(不是|并非|未必|不能说)(不|没)/,
    apply: ({ bare }) => bare * 0.4,
  },
  // 并不觉得…, 没有想象中…: reaches to the end of its clause.
  {
    beginnings: list(
      '没觉得 没有觉得 不觉得 不认为 不感到 没感到 没想象 没有想象 没有以前 没有当初 没有之前 没以前 没有学 未曾有 谈不上 说不上 算不上 没有那么 没那么',
    ),
    pattern:
      /(没有?|不)(觉得|认为|感到|感觉|想象|以前|当初|之前|那么)|没有.{1,6}那么|未曾有|谈不上|说不上|算不上/,
    apply: deniedAll,
  },
  // 谁说难吃, 哪里贵了: who asks so denies it.
  {
    beginnings: list('谁说 谁嫌 才嫌 哪里 哪儿'),
    pattern: /谁说|谁嫌|才嫌|哪[里儿].{1,4}了/,
    apply: ({ value }) => value * -0.8,
  },
];

interface Beginning {
  text: string;
  tone: number;
  form: number;
}

const pairOf = (first: number, second: number): number => first * 0x10000 + second;

const opens = new Uint8Array(0x10000);
const byPair = new Map<number, Beginning[]>();

function learn(text: string, tone: number, form: number): void {
  opens[text.charCodeAt(0)] = 1;
  const pair = pairOf(text.charCodeAt(0), text.charCodeAt(1));
  byPair.set(pair, [...(byPair.get(pair) ?? []), { text, tone, form }]);
}
const noForm = -1;
for (const [tone, texts] of phrases) for (const text of texts) learn(text, tone, noForm);
forms.forEach(({ beginnings }, form) => {
  for (const text of beginnings) learn(text, 0, form);
});

export interface FoundForms {
  value: number;
  evidence: number;
  turns: number;
}

/** One look at every pair of characters: cheap where no form begins, which is nearly everywhere. */
export function findForms(clause: Clause): FoundForms {
  const { text } = clause;
  let { value } = clause;
  let evidence = 0;
  let turns = 0;
  let formed = clause.bare === 0;
  for (let at = 0; at + 1 < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (opens[unit] !== 1) continue;
    const found = byPair.get(pairOf(unit, text.charCodeAt(at + 1)));
    if (found === undefined) continue;
    for (const { text: beginning, tone, form } of found) {
      if (!text.startsWith(beginning, at)) continue;
      if (form === noForm) {
        value += tone;
        evidence += 2;
        turns += 1;
        break;
      }
      if (formed || forms[form]?.pattern.test(text) !== true) continue;
      formed = true;
      value += (forms[form]?.apply(clause) ?? 0) - clause.value;
      turns += 1;
    }
  }
  return { value, evidence, turns };
}
