import type { CheckInput } from '../domain/check.ts';
import type { CheckStage } from './check-stage.ts';
import { lunarDayOf, plainLunarDay } from './lunar-day.ts';
import { isoDay, isRealDay, readDates, type WrittenDate, weekdayOf } from './read-dates.ts';
import { buildTextStage, type TextHit } from './text-stage.ts';

const weekdayAfter = /^\s?[（(，,]?\s?(星期|周|礼拜)([一二三四五六日天])(?![一-鿿]*年)/u;
const lunarAfter =
  /^\s?[（(，,](?:星期[一二三四五六日天]，)?农历((?:正|冬|腊|十[一二]|[二三四五六七八九十])月(?:初[一二三四五六七八九十]|十[一二三四五六七八九]|[二三]十[一二三四五六七八九]?|廿[一二三四五六七八九]))/u;
const until = /^(?:[（(](?:星期|周)[一二三四五六日天][）)])?\s?(?:至|到|[—–－～~-]{1,2})\s?/u;
const dayAlone = /^(\d{1,2})日/u;
const impossibleClock =
  /(上午|凌晨|早上|早晨)\s?(1[3-9]|2[0-4])[:：]([0-5]\d)(?!\d)|(?:下午|晚上|中午)\s?(2[5-9]|[3-9]\d)[:：]\d{2}(?!\d)/gu;

const said = ({ year, month, day }: WrittenDate) => `${year === null ? '' : `${year}年`}${month}月${day}日`;

function findImpossible(date: WrittenDate): TextHit | null {
  const { year, month, day, start, end } = date;
  // Without a year, the 29th of February may be.
  if (isRealDay(year ?? 2024, month, day)) return null;
  // An implied year is no proof against a day that other years have.
  if (!date.isYearWritten && isRealDay(2024, month, day)) return null;
  const message = `没有${said(date)}这一天。`;
  return { rule: 'no-such-day', start, end, suggestion: null, message };
}

function findWeekday(text: string, date: WrittenDate): TextHit | null {
  const match = weekdayAfter.exec(text.slice(date.end, date.end + 12));
  const { year, month, day } = date;
  if (match === null || year === null || !isRealDay(year, month, day)) return null;
  const [whole, word = '', written = ''] = match;
  const right = weekdayOf(year, month, day);
  const plain = written === '天' ? '日' : written;
  if (date.possibleYears.some((each) => weekdayOf(each, month, day) === plain)) return null;
  const end = date.end + whole.length;
  const start = end - word.length - 1;
  const message = `${said(date)}是${word}${right}，不是${word}${written}。请核对日期和星期。`;
  return {
    rule: 'weekday',
    start,
    end,
    suggestion: `${word}${right}`,
    message,
    about: text.slice(date.start, end),
  };
}

function findLunar(text: string, date: WrittenDate): TextHit | null {
  const match = lunarAfter.exec(text.slice(date.end, date.end + 24));
  const { year, month, day } = date;
  if (match === null || year === null || !isRealDay(year, month, day)) return null;
  const [whole, written = ''] = match;
  const right = lunarDayOf(year, month, day);
  if (right === null || plainLunarDay(right) === plainLunarDay(written)) return null;
  const end = date.end + whole.length;
  const message = `${said(date)}是农历${right}，不是农历${written}。请核对公历和农历。`;
  return { rule: 'lunar', start: end - written.length, end, suggestion: right, message };
}

/** From … to …, the other way round. Over the turn of a year only where both years are written. */
function findReversed(text: string, date: WrittenDate, next: WrittenDate | undefined): TextHit | null {
  const link = until.exec(text.slice(date.end, date.end + 12));
  if (link === null) return null;
  const from = date.end + link[0].length;
  const alone = dayAlone.exec(text.slice(from, from + 4));
  const span = (end: number, last: string): TextHit => ({
    ...{ rule: 'reversed', start: date.start, end, suggestion: null },
    message: `起止日期颠倒：${last}在${said(date)}之前。`,
  });
  if (alone !== null) {
    const day = Number(alone[1]);
    return day < date.day ? span(from + alone[0].length, `${date.month}月${day}日`) : null;
  }
  if (next?.start !== from || !next.isYearWritten || !date.isYearWritten) return null;
  if (date.year === null || next.year === null) return null;
  const isLater = isoDay(next.year, next.month, next.day) < isoDay(date.year, date.month, date.day);
  return isLater ? span(next.end, said(next)) : null;
}

function* findClocks(text: string): Generator<TextHit> {
  for (const { 0: clock, index } of text.matchAll(impossibleClock)) {
    const message = `时间“${clock}”前后矛盾，请核对。`;
    yield { rule: 'clock', start: index, end: index + clock.length, suggestion: null, message };
  }
}

function* find(text: string, { day }: CheckInput): Generator<TextHit> {
  const dates = readDates(text, day);
  for (const [index, date] of dates.entries()) {
    const hits = [
      findImpossible(date),
      findWeekday(text, date),
      findLunar(text, date),
      findReversed(text, date, dates[index + 1]),
    ];
    for (const hit of hits) if (hit !== null) yield hit;
  }
  yield* findClocks(text);
}

/** Dates that contradict the calendar, or themselves. */
export function buildDateStage(): CheckStage {
  return buildTextStage({
    name: 'date-weekday',
    version: '2026.11',
    category: 'date',
    find: ({ text }, input) => find(text, input),
  });
}
