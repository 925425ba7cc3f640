import { type PublishedPrecision, shanghaiInstant } from '../../../pipeline/domain/time.ts';

/** A moment of publication: `publishedAt` is an instant in UTC, the clock on the page being Shanghai's. */
export interface FoundDate {
  publishedAt: string;
  precision: PublishedPrecision;
}

/** The same text twice: with a blank at each element boundary, and without. Day and month, or a year, may be split over tags. */
export interface DateText {
  spaced: string;
  glued: string;
}

interface Fields {
  year: number;
  month: number;
  day: number;
  clock?: { hour: number; minute: number; second: number } | undefined;
  precision: PublishedPrecision;
  offsetMinutes?: number | undefined;
}

const Y = '((?:19|20)\\d{2})';
const M = '(1[0-2]|0?[1-9])';
const D = '(3[01]|[12]\\d|0?[1-9])';
const gap = '[\\s/|·,.\\-]{1,5}';
const time =
  '(?:[\\sT,|]{0,5}(?:[(]?(?:星期|周)[一二三四五六日天][)]?\\s{0,3})?(上午|下午|晚上|中午|AM|PM)?\\s{0,3}' +
  '(2[0-3]|[01]?\\d)\\s?[:时点]\\s?([0-5]\\d)(?!\\d)(?:\\s?[:分]\\s?([0-5]\\d)(?!\\d)(?:\\.\\d{1,9})?)?(?:\\s?(Z|[+-]\\d{2}:?\\d{2})(?!\\d))?)?';
const full = new RegExp(`(?<!\\d)${Y}\\s?[-/.年]\\s?${M}\\s?[-/.月]\\s?${D}(?!\\d)\\s?[日号]?${time}`, 'gi');

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const name = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?';

/** Day and month, or year, standing apart; the order says which capture is which. */
const split: readonly { pattern: RegExp; order: string }[] = [
  { pattern: new RegExp(`(?<!\\d)${D}\\s?日?${gap}${Y}\\s?[-/.年]\\s?${M}(?!\\d)`), order: 'dym' },
  { pattern: new RegExp(`(?<!\\d)${Y}\\s?[-/.年]\\s?${M}\\s?月?${gap}${D}(?![\\d:])`), order: 'ymd' },
  { pattern: new RegExp(`(?<!\\d)${M}\\s?[-/.月]\\s?${D}\\s?日?${gap}${Y}(?!\\d)`), order: 'mdy' },
  { pattern: new RegExp(`(?<!\\d)${Y}\\s?年?${gap}${M}\\s?[-/.月]\\s?${D}(?!\\d)`), order: 'ymd' },
  { pattern: new RegExp(`(?<!\\d)${D}\\s?日?${gap}${M}\\s?月${gap}${Y}(?!\\d)`), order: 'dmy' },
  { pattern: new RegExp(`(?<!\\d)${Y}\\s?年?\\s${M}\\s?月?\\s${D}(?![\\d:])`), order: 'ymd' },
  {
    pattern: new RegExp(`(?<![a-z])${name}\\s{0,3}${D}(?:st|nd|rd|th)?[\\s,]{1,4}${Y}(?!\\d)`, 'i'),
    order: 'Ndy',
  },
  {
    pattern: new RegExp(`(?<!\\d)${D}(?:st|nd|rd|th)?[\\s-]{0,3}${name}[\\s,-]{1,4}${Y}(?!\\d)`, 'i'),
    order: 'dNy',
  },
];
const javaDate = new RegExp(`${name}\\s${D}\\s(\\d{2}):(\\d{2}):(\\d{2})\\s[A-Z+:\\d]{3,9}\\s${Y}`, 'i');

const gluedSplit: readonly { pattern: RegExp; order: string }[] = [
  { pattern: /(?<!\d)(3[01]|[12]\d|0[1-9])((?:19|20)\d{2})[-/.年](1[0-2]|0?[1-9])(?!\d)/, order: 'dym' },
  { pattern: /(?<!\d)((?:19|20)\d{2})[-/.年](1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])(?!\d)/, order: 'ymd' },
  { pattern: /(?<!\d)(1[0-2]|0[1-9])[-/.月](3[01]|[12]\d|0[1-9])日?((?:19|20)\d{2})(?!\d)/, order: 'mdy' },
  { pattern: /(?<!\d)((?:19|20)\d{2})(1[0-2]|0[1-9])[-/.月](3[01]|[12]\d|0[1-9])(?!\d)/, order: 'ymd' },
];

/** The first date written in full, with its place in the text. Impossible dates are passed over. */
export function findFullDate(text: string, from = 0): (FoundDate & { index: number; end: number }) | null {
  const plain = digitsForNumerals(foldDateText(text));
  full.lastIndex = from;
  for (let match = full.exec(plain); match !== null; match = full.exec(plain)) {
    const found =
      toInstant(fullFields(match)) ?? toInstant({ ...fullFields(match), clock: undefined, precision: 'day' });
    if (found !== null) return { ...found, index: match.index, end: match.index + match[0].length };
  }
  return null;
}

/** The best date of a small region: in full, else split over tags, else without a century. */
export function findDate(text: DateText): FoundDate | null {
  const spaced = foldDateText(text.spaced);
  const glued = foldDateText(text.glued);
  return (
    bare(findFullDate(spaced)) ??
    bare(findFullDate(glued)) ??
    findJavaDate(spaced) ??
    findSplit(split, spaced) ??
    findSplit(gluedSplit, glued) ??
    findSplit(
      [{ pattern: /(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/, order: 'ymd' }],
      spaced,
    ) ??
    findSplit(
      [
        {
          pattern: /(?<![\d.:-])(\d{2})[-/.年](1[0-2]|0[1-9])[-/.月](3[01]|[12]\d|0[1-9])(?![\d.:-])/,
          order: 'ymd',
        },
      ],
      spaced,
    )
  );
}

/**
 * A month and a day and nothing else, as in a narrow column: in the year stated over it, else the most recent such day
 * before the page was fetched.
 */
export function findMonthDay(
  text: DateText,
  fetchedAt: string,
  stated: number | null = null,
): FoundDate | null {
  const plain = foldDateText(text.spaced).replace(/^[[(【<\s]+|[\])】>\s]+$/g, '');
  const match =
    /^(1[0-2]|0?[1-9])\s?[-/.月]\s?(3[01]|[12]\d|0?[1-9])\s?日?$/.exec(plain) ??
    /^(1[0-2]|0?[1-9])\s?月\s{0,3}(3[01]|[12]\d|0?[1-9])$/.exec(plain);
  const turned = match === null ? /^(3[01]|[12]\d|0?[1-9])\s{1,3}(1[0-2]|0?[1-9])\s?月$/.exec(plain) : null;
  const month = Number(match?.[1] ?? turned?.[2]);
  const day = Number(match?.[2] ?? turned?.[1]);
  if (!(month > 0 && day > 0)) return null;
  const latest = Date.parse(fetchedAt) + 86_400_000;
  const year = new Date(latest).getUTCFullYear();
  for (const candidate of [
    ...(stated === null ? [] : [stated]),
    year,
    year - 1,
    year - 2,
    year - 3,
    year - 4,
  ]) {
    const found = toInstant({ year: candidate, month, day, precision: 'day' });
    if (found !== null && Date.parse(found.publishedAt) <= latest) return found;
  }
  return null;
}

/** The date in an address such as `/2026/0320/c1a2/page.htm` or `t20260320_17.html`. */
export function findUrlDate(url: string): FoundDate | null {
  const match =
    /\/((?:19|20)\d{2})\/(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])\//.exec(url) ??
    /\/((?:19|20)\d{2})[/-](1[0-2]|0?[1-9])[/-](3[01]|[12]\d|0?[1-9])\//.exec(url) ??
    /\/t((?:19|20)\d{2})(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])_/.exec(url);
  return match === null ? null : fieldsFrom(match, 'ymd');
}

const numeralDate =
  /[一二][〇○零Ｏ九][〇○零Ｏ一二三四五六七八九]{2}年(元|[一二三四五六七八九]|十[一二]?)月(?:(三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号])/g;
const numerals = '〇一二三四五六七八九';

/** 二〇二四年六月一日 as `2024年06月01日`, at its place; the text keeps its length where it can: blanks fill what is left over. */
function digitsForNumerals(text: string): string {
  if (!/[〇○零九]/.test(text)) return text;
  return text.replace(numeralDate, (whole, month: string, day: string) => {
    const year = [...whole.slice(0, 4)].map((sign) => Math.max(0, numerals.indexOf(sign))).join('');
    const written = `${year}年${numeralOf(month)}月${numeralOf(day)}日`;
    return written.padEnd(whole.length, ' ');
  });
}

function numeralOf(text: string): number {
  if (text === '元') return 1;
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['零', text];
  const count = tens === '零' ? 0 : tens === '' ? 1 : numerals.indexOf(tens);
  return count * 10 + Math.max(0, ones === '' ? 0 : numerals.indexOf(ones));
}

/** Full-width digits and punctuation as their plain forms; the length stays the same. */
export function foldDateText(text: string): string {
  return text
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[—–－―]/g, '-')
    .replace(/[\u00a0\u3000\u2002\u2003\t]/g, ' ');
}

function bare(found: (FoundDate & { index: number }) | null): FoundDate | null {
  return found === null ? null : { publishedAt: found.publishedAt, precision: found.precision };
}

function fullFields(match: RegExpExecArray): Fields {
  const [, year, month, day, half, hourText, minute, second, zone] = match;
  const fields: Fields = { year: Number(year), month: Number(month), day: Number(day), precision: 'day' };
  if (hourText === undefined || minute === undefined) return fields;
  let hour = Number(hourText);
  if (/下午|晚上|pm/i.test(half ?? '') && hour < 12) hour += 12;
  fields.clock = { hour, minute: Number(minute), second: Number(second ?? 0) };
  fields.precision = second === undefined ? 'minute' : 'second';
  if (zone !== undefined) fields.offsetMinutes = zoneMinutes(zone);
  return fields;
}

function zoneMinutes(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

function findJavaDate(text: string): FoundDate | null {
  const match = javaDate.exec(text);
  if (match === null) return null;
  const [, month, day, hour, minute, second, year] = match;
  return toInstant({
    year: Number(year),
    month: monthNames.indexOf((month ?? '').toLowerCase()) + 1,
    day: Number(day),
    clock: { hour: Number(hour), minute: Number(minute), second: Number(second) },
    precision: 'second',
  });
}

function findSplit(forms: readonly { pattern: RegExp; order: string }[], text: string): FoundDate | null {
  for (const { pattern, order } of forms) {
    const match = pattern.exec(text);
    const found = match === null ? null : fieldsFrom(match, order);
    if (found !== null) return found;
  }
  return null;
}

function fieldsFrom(match: RegExpExecArray, order: string): FoundDate | null {
  const part = (letter: string) => match[order.indexOf(letter) + 1] ?? '';
  const year = Number(part('y'));
  const month = order.includes('N') ? monthNames.indexOf(part('N').toLowerCase()) + 1 : Number(part('m'));
  return toInstant({
    year: year < 100 ? 2000 + year : year,
    month,
    day: Number(part('d')),
    precision: 'day',
  });
}

function toInstant(fields: Fields): FoundDate | null {
  const { year, month, day, clock, precision, offsetMinutes } = fields;
  if (year < 1980 || year > 2099) return null;
  const local = shanghaiInstant(year, month, day, clock);
  if (local === null) return null;
  if (offsetMinutes === undefined) return { publishedAt: local, precision };
  const shift = (480 - offsetMinutes) * 60_000;
  return { publishedAt: new Date(Date.parse(local) + shift).toISOString(), precision };
}
