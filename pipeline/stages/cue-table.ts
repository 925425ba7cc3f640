import type { Family } from '../domain/category.ts';

/** Words around a hit that show that a danger is spoken about, not announced. */
export interface Cue {
  families: readonly Family[];
  /**
   * Where the words count: the clause up to the hit; before the quotation mark when the hit is quoted; the clause before the
   * hit's and its own; its sentence; the opening of the text.
   */
  within: 'just-before' | 'before-quote' | 'two-clauses' | 'sentence' | 'text';
  words: readonly string[];
  /** Hits that are at least this sure are not muted. */
  belowConfidence?: number;
  /** Only for what the school itself published. */
  ownOnly?: boolean;
  /** A hit that holds one of these tells of something that happened, and is not muted. */
  unlessHitHas?: readonly string[];
  /** Where one of these stands beside the words, they mean something else. */
  unlessScopeHas?: readonly string[];
  /** A text that holds one of these is taken at its word. */
  unlessTextHas?: readonly string[];
}

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

const calls = list('快来 快跑 快逃 救命 求救 报警 消防车 救护车 刚刚 正在 有没有人 怎么办');

/** Warnings against swindlers, and what is done to them. */
const warnings: readonly Cue[] = [
  {
    families: ['fraud', 'noise'],
    within: 'sentence',
    unlessHitHas: ['骗'],
    words:
      list(`警惕 谨防 严防 防范 防骗 反诈 切勿 勿信 轻信 诈骗 骗局 骗术 骗子 骗人 上当 受骗 整治 举报 抵制 远离 不参与
      违纪 处分 案例 被捕 判刑 曝光 揭秘 陷阱 套路 千万别 开除 严惩 引以为戒`),
  },
  {
    // A swindler names the police as well, but he tells the reader what to do.
    families: ['fraud', 'noise'],
    within: 'sentence',
    unlessHitHas: ['骗'],
    unlessTextHas: list(
      `您涉嫌 你涉嫌 说我涉嫌 您名下 你名下 您的 你的账户 请配合 请将资金 请立即转 请加 加微信 加qq 先交`,
    ),
    words: list(`严禁 打击 作弊 诚信考试 诚信教育 诚信应考 犯罪 嫌疑 警方 民警 公安 查处 抓获`),
  },
  {
    families: ['fraud', 'noise'],
    within: 'text',
    ownOnly: true,
    words: list('防范 警惕 谨防 打击 反诈 诈骗 骗局 作弊 违纪 处分 抵制 远离 严禁 考风 考纪 开除 查处'),
  },
];

/** Drills, lessons, works of art and games. */
const accounts: readonly Cue[] = [
  {
    families: ['safety'],
    within: 'sentence',
    belowConfidence: 0.93,
    unlessHitHas: ['我想'],
    unlessTextHas: calls,
    words:
      list(`演练 演习 预案 模拟 预防 防止 严防 干预 讲座 培训 科普 电影 小说 剧情 剧里 剧中 电视剧 动漫 歌词
      主演 导演 书里 书中 剧本 话剧 案例 游戏 王者 吃鸡 副本 队友 玩家 蚊子 蟑螂 电竞 比零 比分 决赛 连胜 夺冠 上分 开黑`),
  },
  {
    // Who names the persons of a play tells its plot, however sure the words; unless he speaks of himself as well.
    families: ['safety'],
    within: 'sentence',
    unlessTextHas: [...calls, ...list('我也 我真的 我想 我要 我不想 我已经 我刚 室友 同学 楼下')],
    words:
      list(`男主 女主 男二 女二 主角 主人公 反派 配角 凶手 剧情 剧里 剧中 剧透 台词 那场戏 这场戏 那段戏 悬疑剧 电视剧 古装剧 日漫
      番剧 动漫 大结局 剧本杀 密室逃脱 狼人杀 小说里 歌词 单曲循环 翻唱 朗诵`),
  },
  {
    families: ['safety', 'abuse', 'fraud'],
    within: 'sentence',
    unlessTextHas: [...calls, '求助'],
    words:
      list(`试分析 造句 例句 课文 阅读题 阅读理解 考题 试题 作文题 辩题 辩论赛 译成 翻译成 被告人 犯意 罪名 刑法 法学课 案例分析
      模拟法庭`),
  },
  {
    // What a mother says, what a banner says.
    families: ['safety'],
    within: 'before-quote',
    unlessTextHas: [...calls, ...list('害怕 打我 不敢')],
    words: list(
      `我妈 我爸 老妈 老爸 奶奶 爷爷 外婆 横幅 标语 海报 公告 标题 题目 台词 歌词 书名 片名 演讲 课上 课本 诗里 诗句`,
    ),
  },
  {
    families: ['safety', 'abuse', 'assertion'],
    within: 'text',
    ownOnly: true,
    words:
      list(`通知 公告 公示 通报 预案 演练 活动 会议 举办 开展 举行 工作 学院 培训 讲座 教育 宣传 服务 安排 报名 学习
      隐患 排查 杜绝 检查 纪念 新书 获奖`),
  },
];

/** Who tells of an attack, or forbids it, attacks nobody. */
const reports: readonly Cue[] = [
  {
    families: ['abuse'],
    within: 'just-before',
    unlessScopeHas: list('要不要 能不能 怎么不 别忘 别放过 别走'),
    words: list('不要 不能 不该 不应 请勿 别再 别去 别把 停止 反对 拒绝 禁止 抵制 谁也别'),
  },
  {
    families: ['abuse'],
    within: 'before-quote',
    words: list('骂 叫我 叫他 叫她 喊我 喊他 喊她 说我 说他 说她 外号 绰号 称呼 用'),
  },
  {
    families: ['abuse'],
    within: 'sentence',
    // Who calls upon others, or speaks to the person, is not telling of it.
    unlessHitHas: list('你 人肉 裸照 去骂 都去 一起骂 开盒'),
    words: list(
      `骂我 骂同学 骂室友 骂人 被骂 被人骂 骂的是 辱骂 被挂 被网暴 网暴我 外号 绰号 歧视 偏见 污名 刻板印象`,
    ),
  },
];

/** An exam one could die of. */
const hyperbole: readonly Cue[] = [
  {
    families: ['safety'],
    within: 'two-clauses',
    belowConfidence: 0.8,
    unlessTextHas: list(
      `抑郁 遗书 安眠药 天台 楼顶 割 跳下 活着没意 崩溃 绝望 孤独 撑不 坚持不 没人在意 没有人在乎 失眠 解脱 自残 吃药 求助 救救我
      没开玩笑 没有开玩笑 不是玩笑 不是开玩笑 对不起 失败 没人懂 没有人懂 拖累 累赘 告别`,
    ),
    words:
      list(`考试 考研 考得 期末 期中 挂科 背书 背得 复习 作业 论文 答辩 开题 实验 报告 早八 体测 跑步 军训 高数 英语 四级 六级
      ddl 加班 写得 写到 学得 笑死 笑哭 笑得 笑出 笑了 好笑 搞笑 笑不活 笑吐 哈哈 hhh 2333 嘻嘻 狗头 好困 困死 太困 犯困 困得 困到
      跳楼机 跳楼价 死都不会 死也不会 死都不想 死也不想
      饿死 好饿 太饿 饿得 饿到 累得 热得 冷得 热到 冷到 晒得 晒到 太晒 馋 香得 好吃 尴尬 社死 可爱 忙得 忙到 堵车 排队
      牙疼 痛经 姨妈 减肥 输了 追剧 好看 好帅 太帅 好美 太美 好甜 太甜 想你 想他 想她 想家 火锅 奶茶 咖啡 烧烤 外卖 螺蛳粉 麻辣烫 空调 wifi 毕业了 放假了`),
  },
];

/** Who dies of somebody's looks or of a dish is delighted, however sure the words. */
const delight: readonly Cue[] = [
  {
    families: ['safety'],
    within: 'sentence',
    unlessHitHas: list('自杀 割 药 跳 遗书 刀 炸'),
    unlessTextHas: list(
      `抑郁 遗书 安眠药 天台 楼顶 割 跳下 活着没意 崩溃 绝望 孤独 撑不 坚持不 解脱 自残 吃药 救救我 对不起 告别 不想活 认真 真的想死`,
    ),
    words: list(
      `太帅 好帅 帅死 太美了 太好看 太可爱 可爱死 太甜了 好甜 太好吃 太香了 笑死 想死你们 想死你了`,
    ),
  },
];

export const cues: readonly Cue[] = [...warnings, ...accounts, ...reports, ...hyperbole, ...delight];
