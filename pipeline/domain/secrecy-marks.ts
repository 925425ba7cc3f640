/**
 * 密级标志 and what else says that a text is not for the public, told by their form and never by the words alone: 保守国家秘密,
 * 商业秘密, 机密性 are what schools write about. Pure and quick, because it is asked before anything is stored.
 */

export type SecrecyRule =
  | 'graded'
  | 'grade-field'
  | 'grade-line'
  | 'internal'
  | 'not-public'
  | 'copy-number'
  | 'restricted-series'
  | 'on-request';

export interface SecrecyMark {
  rule: SecrecyRule;
  /** UTF-16, in the text that was asked about. */
  start: number;
  end: number;
  /** Such a text is not stored at all. */
  stopsStorage: boolean;
}

export interface SecrecyOptions {
  /** Beginnings of document numbers (发文字号) that this school never publishes: 沧大党密. */
  restrictedSeries?: readonly string[];
}

/** What may stand between the characters of a mark: blanks of every kind, and what is invisible. */
const gap = '[ \\t\\u00a0\\u2000-\\u200f\\u2060\\u3000\\ufeff]{0,6}';
const spaced = (word: string): string => [...word].join(gap);
const grade = `(?:[绝絕]${gap}密|[机機]${gap}密|[秘祕]${gap}密)`;
const star = '[★☆✩✭✮⭐🟊]';
const digits = '[0-9０-９一二三四五六七八九十]';
const term = `(?:${digits}{1,3}${gap}(?:年|个月|月|天)|长期|启用前|公布前|解密前)`;
const lineStart = '(?<=^|\\n)[ \\t\\u3000【〔\\[（(]{0,8}';
const lineEnd = '[ \\t\\u3000】〕\\]）)!！]{0,8}(?=\\n|$)';

const paper = '(?:资料|文件|材料|刊物|参考|文稿|通报|情况)';
const keep =
  '(?:注意保[存密]|妥善保[管存]|(?:请勿|不得|严禁|切勿|禁止)(?:外传|外泄|公开|扩散|翻印|翻拍|复印|上网|转发))';

const build = (pattern: string): RegExp => new RegExp(pattern, 'gu');

/** What is not public, but no secret, may be kept: it is a finding only. */
const patterns: readonly (readonly [SecrecyRule, RegExp])[] = [
  ['graded', build(`${grade}${gap}${star}(?:${gap}${term})?|${star}${gap}${grade}(?:${gap}${term})?`)],
  ['graded', build(`${grade}${gap}[*＊]${gap}${term}`)],
  [
    'grade-field',
    build(
      `(?:${spaced('密级')}|${spaced('秘密等级')}|${spaced('涉密等级')})${gap}[:：]${gap}[（(【]?${gap}(?:${grade}|内部)`,
    ),
  ],
  ['grade-field', build(`(?<=^|[\\n\\t])${spaced('密级')}\\t${gap}${grade}(?!${gap}\\t${gap}${grade})`)],
  ['grade-line', build(`${lineStart}(?:${grade}${gap}${term}|[绝絕]${gap}密|[机機]${gap}密)${lineEnd}`)],
  [
    'grade-line',
    build(
      `(?<=^|\\n)${gap}(?:[秘祕][ \\t\\u3000]{1,6}密|[【〔\\[（(]${gap}[秘祕]${gap}密${gap}[】〕\\]）)])${gap}(?=\\n|$)`,
    ),
  ],
  [
    'grade-line',
    build(`(?<=^|\\n)[\\s*]{0,8}(?:TOP SECRET|CONFIDENTIAL|INTERNAL USE ONLY)[\\s*]{0,8}(?=\\n|$)`),
  ],
  ['internal', build(`内部${paper}[^\\n一-鿿]{0,6}${keep}`)],
  [
    'internal',
    build(
      `${lineStart}(?:${spaced('内部')}${gap}${paper}|${spaced('内部发行')}|${spaced('内部使用')})${lineEnd}`,
    ),
  ],
  [
    'internal',
    build(`[【〔（(]${gap}(?:${spaced('内部')}${gap}${paper}|${spaced('内部发行')}|内部使用)${gap}[】〕）)]`),
  ],
  ['internal', build(`(?:仅供|只供|仅限|仅限于|限于)${gap}内部${gap}(?:使用|参考|传阅|交流|学习|掌握)`)],
  ['internal', build(`(?:${lineStart}|[（(【])${keep}(?:${lineEnd}|[）)】])`)],
  [
    'not-public',
    build(
      `(?:[此本该](?:件|文|文件|资料|材料|稿|表|名单|通知)|以上(?:内容|材料))(?:涉密|为涉密文件)?[，,]?(?:请勿|不得|不宜|严禁|不予|切勿|禁止|不)(?:对外)?(?:公开|外传|外泄|扩散|上网|发布)`,
    ),
  ],
  [
    'not-public',
    build(`(?:公开(?:属性|方式|类型|形式)|信息公开选项)${gap}[:：]${gap}(?:不予公开|不公开|不宜公开)`),
  ],
  ['copy-number', build(`(?<=^|[\\n\\t ])(?:公文)?份${gap}号${gap}[:：]?${gap}[0-9０-９]{3,8}`)],
  [
    'restricted-series',
    build(
      `[一-鿿]{1,12}(?<!保)密(?:[字发函办])?${gap}[〔\\[［（(]${gap}[12]\\d{3}${gap}[〕\\]］）)]${gap}第?${gap}\\d+${gap}号`,
    ),
  ],
  [
    'on-request',
    build(
      `[此本]件(?:属性)?${gap}[:：]?${gap}依申请公开|公开(?:属性|方式|类型|形式)${gap}[:：]${gap}依申请公开`,
    ),
  ],
];

/** A text about marks quotes them: 标有“机密★”字样的文件. */
const namedBefore =
  /(?:标有|标注|标明|注明|印有|盖有|加盖|标示|写有|标为|例如|比如|如|凡|诸如)[“"「『‘'《【]?$/u;
const namedAfter = /^[”"」』’'》】]?(?:等)?(?:字样|标志|标识|标记|戳记|印章|字眼|的(?:含义|写法|标注))/u;

function isTalkedAbout(text: string, { start, end }: { start: number; end: number }): boolean {
  return (
    namedBefore.test(text.slice(Math.max(0, start - 6), start)) &&
    namedAfter.test(text.slice(end, end + 8).replace(/^[^\n”"」』]{0,6}(?=[”"」』])/u, ''))
  );
}

function literally(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function ownSeries(series: readonly string[]): RegExp | null {
  const words = series.map((one) => one.trim()).filter((one) => one !== '');
  if (words.length === 0) return null;
  return build(
    `(?:${words.map(literally).join('|')})${gap}[〔\\[［（(]${gap}[12]\\d{3}${gap}[〕\\]］）)]${gap}第?${gap}\\d+${gap}号`,
  );
}

/** Without the blanks at its ends. */
function trimmed(text: string, start: number, end: number): { start: number; end: number } {
  const found = text.slice(start, end);
  return {
    start: start + found.length - found.trimStart().length,
    end: start + found.trimEnd().length,
  };
}

/** In the order of the text, without overlap. Linear in the text. */
export function findSecrecyMarks(
  text: string,
  { restrictedSeries = [] }: SecrecyOptions = {},
): SecrecyMark[] {
  const own = ownSeries(restrictedSeries);
  const all = own === null ? patterns : [...patterns, ['restricted-series', own] as const];
  const found = all.flatMap(([rule, pattern]) =>
    [...text.matchAll(pattern)].map((match): SecrecyMark => {
      const span = trimmed(text, match.index, match.index + match[0].length);
      return { rule, ...span, stopsStorage: rule !== 'on-request' };
    }),
  );
  const marks: SecrecyMark[] = [];
  for (const mark of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mark.start >= (marks.at(-1)?.end ?? 0) && !isTalkedAbout(text, mark)) marks.push(mark);
  }
  return marks;
}
