/** 标点符号: what GB/T 15834-2011 rules out beyond doubt. What it leaves to taste is not here. */
export const punctuationList = {
  version: '2026.11',
  source: 'GB/T 15834-2011《标点符号用法》',
  owner: '党委宣传部',
} as const;

/** Half-width marks that stand between Chinese characters, and what stands there instead. */
export const fullWidth: Readonly<Record<string, string>> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '?': '？',
  '!': '！',
};

export interface MarkPattern {
  id: string;
  pattern: RegExp;
  /** Null where only a person can tell. */
  write: ((match: RegExpMatchArray) => string) | null;
  message: string;
  level?: 'info';
}

const han = '\\u3400-\\u9fff';

/** The whole match is what is wrong. */
export const markPatterns: readonly MarkPattern[] = [
  {
    id: 'ellipsis-dots',
    pattern: new RegExp(`(?<=[${han}”’》）])(?:\\.{3,}|。{3,}|·{3,}|、{3,})`, 'gu'),
    write: () => '……',
    message: '省略号是六个连点“……”，不用句点或句号代替（GB/T 15834 4.11）。',
  },
  {
    id: 'ellipsis-single',
    pattern: new RegExp(`(?<=[${han}])(?<!…)…(?!…)(?=[${han}”])`, 'gu'),
    write: () => '……',
    message: '省略号占两个字的位置，写作“……”（GB/T 15834 4.11、5.1.6）。',
  },
  {
    id: 'ellipsis-and-so-on',
    pattern: /……[，、]?等等?(?=[，。；！？\s]|$)|(?<=[一-鿿”》])等等?……(?=[，。；\s]|$)/gu,
    write: null,
    message: '省略号和“等”“等等”意思重复，保留一个（GB/T 15834 4.11）。',
  },
  {
    id: 'doubled-mark',
    pattern: /([，；：])\1+|、、(?!、)|(?<!。)。。(?!。)/gu,
    write: ([marks = '']) => marks.charAt(0),
    message: '标点重复。',
  },
  {
    id: 'clashing-marks',
    pattern: /[，、；：][。！？；]|[。！？][，、；]|，、|、，|，：|：，/gu,
    write: null,
    message: '两个点号连用，请删去多余的一个。',
  },
  {
    id: 'stop-twice',
    pattern: /。”。/gu,
    write: () => '。”',
    message: '引文末尾已有句号，引号外不再用句号。',
  },
  {
    id: 'comma-before-deng',
    pattern: /(?<=[一-鿿”》])、(?=等(?:[，。；！？]|等|单位|部门|人|地|方面|活动|内容|领导))/gu,
    write: () => '',
    message: '“等”前面不用顿号。',
  },
  {
    id: 'approximate-number',
    pattern:
      /(?<![一二三四五六七八九十第、\n])(?:一、二|二、三|三、四|四、五|五、六|六、七|七、八|八、九)(?=(?:个|天|名|位|人次|小时|分钟|遍|里路)(?!级))/gu,
    write: ([numbers = '']) => numbers.replace('、', ''),
    message: '相邻数字连用表示概数，中间不用顿号，如“三四天”（GB/T 15834 4.5.3.4）。若分别指两个数，请忽略。',
  },
  {
    id: 'dash-hyphens',
    pattern: new RegExp(`(?<=[${han}”》])-{2,4}(?=[${han}“《])`, 'gu'),
    write: () => '——',
    message: '破折号写作“——”，不用连字符代替（GB/T 15834 4.10）。',
  },
  {
    id: 'space-before-mark',
    pattern: new RegExp(`(?<=[${han}])[ \\u00a0]+(?=[，。；：！？、])`, 'gu'),
    write: () => '',
    message: '标点前面有多余的空格。',
  },
  {
    id: 'mark-after-bracketed-number',
    pattern: /(?<=(?:^|\n)[\s　]*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]))[、，．.]/gu,
    write: () => '',
    message: '带括号或圆圈的序次语后面不用标点（GB/T 15834 附录B.3）。',
  },
  {
    id: 'comma-after-ordinal',
    pattern:
      /(?<=(?:^|[\n。；：])[\s　]*(?:第[一二三四五六七八九十]{1,2}|其[一二三四五]|首先|其次|再次))、(?![第其一二三四五六七八九十])/gu,
    write: () => '，',
    message: '“第一”“首先”等序次语后面用逗号，不用顿号（GB/T 15834 附录B.3）。',
  },
  {
    id: 'half-width-stop',
    pattern: new RegExp(`(?<=[${han}]{2})\\.(?=[${han}]{2}|\\n|$)`, 'gu'),
    write: null,
    message: '中文之间用了半角“.”：句号写作“。”，外国人名的间隔号写作“·”。',
  },
  {
    id: 'comma-between-titles',
    pattern: /(?<=》)、(?=《)/gu,
    write: null,
    level: 'info',
    message: '并列的书名号之间通常不用顿号（GB/T 15834 4.5.3.5）。',
  },
];
