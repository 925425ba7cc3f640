import type { CheckInput } from '../domain/check.ts';
import type { CheckStage } from './check-stage.ts';
import { lunarDayOf, plainLunarDay } from './lunar-day.ts';
import { isoDay, isRealDay, readDates, type WrittenDate, weekdayOf } from './read-dates.ts';
import { buildTextStage, type TextHit } from './text-stage.ts';

const weekdayAfter = /^\s?[（(，,]?\s?(星期|周|礼拜)([一二三四五六日天])/u;
const weekdayBefore = /(?<![每逢单双])(星期|周|礼拜)([一二三四五六日天])\s?[（(，,]\s?$/u;
/** （周二至周四）: the first belongs to the day before. */
const toWeekday = /^\s?(?:至|到|[—–－～~-]{1,2}|、|和)\s?(?:(?:星期|周|礼拜)?[一二三四五六日天])/u;
const lunarAfter =
  /^\s?[（(，,](?:星期[一二三四五六日天]，)?农历((?:正|冬|腊|十[一二]|[二三四五六七八九十])月(?:初[一二三四五六七八九十]|十[一二三四五六七八九]|[二三]十[一二三四五六七八九]?|廿[一二三四五六七八九]))/u;
const until = /^(?:[（(](?:星期|周)[一二三四五六日天][）)])?\s?(?:至|到|[—–－～~-]{1,2})\s?$/u;
const clockRange =
  /(?<![\d:：比分])([01]?\d|2[0-3])[:：]([0-5]\d)\s?[—–－～~-]{1,2}\s?([01]?\d|2[0-3])[:：]([0-5]\d)(?![\d:：])/gu;
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

interface WrittenWeekday {
  word: string;
  written: string;
  start: number;
  end: number;
}

/** The day of the week that stands at a date: behind it, or before it in front of a bracket. */
function weekdayAt(text: string, date: WrittenDate): WrittenWeekday | null {
  const after = weekdayAfter.exec(text.slice(date.end, date.end + 8));
  if (after !== null) {
    const [whole, word = '', written = ''] = after;
    const end = date.end + whole.length;
    if (toWeekday.test(text.slice(end, end + 8))) return null;
    return { word, written, start: end - word.length - 1, end };
  }
  const before = weekdayBefore.exec(text.slice(Math.max(0, date.start - 8), date.start));
  if (before === null) return null;
  const [whole, word = '', written = ''] = before;
  const start = date.start - whole.length;
  return { word, written, start, end: start + word.length + 1 };
}

function findWeekday(text: string, date: WrittenDate): TextHit | null {
  const { year, month, day } = date;
  if (year === null || !isRealDay(year, month, day)) return null;
  const at = weekdayAt(text, date);
  if (at === null) return null;
  const { word, written, start, end } = at;
  const right = weekdayOf(year, month, day);
  const plain = written === '天' ? '日' : written;
  if (date.possibleYears.some((each) => weekdayOf(each, month, day) === plain)) return null;
  const message = `${said(date)}是${word}${right}，不是${word}${written}。请核对日期和星期。`;
  const about = `${said(date)}${written}`;
  return { rule: 'weekday', start, end, suggestion: `${word}${right}`, message, about };
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
  if (next === undefined || !until.test(text.slice(date.end, next.start))) return null;
  const sameMonth = !next.isYearWritten && next.month === date.month && next.day < date.day;
  const bothYears =
    next.isYearWritten &&
    date.year !== null &&
    next.year !== null &&
    isoDay(next.year, next.month, next.day) < isoDay(date.year, date.month, date.day);
  if (!sameMonth && !bothYears) return null;
  const message = `起止日期颠倒：${said(next)}在${said(date)}之前。`;
  return { rule: 'reversed', start: date.start, end: next.end, suggestion: null, message };
}

/** From this hour on, what ends earlier ends on the day after. */
const evening = 18;

function* findClocks(text: string): Generator<TextHit> {
  for (const match of text.matchAll(clockRange)) {
    const [span, h1, m1, h2, m2] = match;
    if (Number(h1) >= evening || Number(h1) * 60 + Number(m1) <= Number(h2) * 60 + Number(m2)) continue;
    const message = `起止时间“${span}”颠倒，请核对。`;
    yield {
      rule: 'clock-reversed',
      start: match.index,
      end: match.index + span.length,
      suggestion: null,
      message,
    };
  }
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
