import { daysBetween } from '../domain/time.ts';

/** A date as the text has it. */
export interface WrittenDate {
  /** UTF-16, with the year where it is written. */
  start: number;
  end: number;
  year: number | null;
  month: number;
  day: number;
  /** Whether the year stands in this very date. */
  isYearWritten: boolean;
  /** Years that may be meant. */
  possibleYears: readonly number[];
}

const written = /(?<![\d.])(?:(\d{4})年)?(?<!\d)(\d{1,2})月(\d{1,2})(?:日|号)(?!\d)/gu;
/** …至26日, 、27日: the month goes on. */
const goesOn =
  /^(?:[（(](?:星期|周)[一二三四五六日天][）)])?\s?(?:至|到|[—–－～~-]{1,2}|、|和)\s?(\d{1,2})(?:日|号)(?!\d)/u;
const yearAlone = /(?<!\d)((?:19|20)\d{2})(?:年|[-—－–～~](?:19|20)\d{2}年)/gu;
/** Further apart than this, two years come into question. */
const nearDays = 150;
const weekdays = '日一二三四五六';

export function isRealDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The day, YYYY-MM-DD. */
export function isoDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** 一, 二, … 日 */
export function weekdayOf(year: number, month: number, day: number): string {
  return weekdays.charAt(new Date(Date.UTC(year, month - 1, day)).getUTCDay());
}

/** The year in which month and day lie near the day of publication; null where that is not clear. */
function nearestYear(month: number, day: number, published: string): number | null {
  const year = Number(published.slice(0, 4));
  const near = [year - 1, year, year + 1].filter(
    (each) =>
      isRealDay(each, month, day) && Math.abs(daysBetween(isoDay(each, month, day), published)) <= nearDays,
  );
  return near.length === 1 ? (near[0] ?? null) : null;
}

/**
 * All dates of a text. A year that is not written is that of the paragraph, if it speaks of one year alone; of the day of
 * publication, if the text names no year at all and the date is near; else it stays open.
 */
export function readDates(text: string, published: string): WrittenDate[] {
  return readWhole(text, published).flatMap((date) => [date, ...goOn(text, date)]);
}

/** Days that take month and year from the date before them. */
function goOn(text: string, first: WrittenDate): WrittenDate[] {
  const days: WrittenDate[] = [];
  let { end } = first;
  for (
    let next = goesOn.exec(text.slice(end, end + 16));
    next !== null;
    next = goesOn.exec(text.slice(end, end + 16))
  ) {
    const [whole, day = ''] = next;
    const start = end + whole.length - day.length - 1;
    end += whole.length;
    days.push({ ...first, start, end, day: Number(day), isYearWritten: false });
  }
  return days;
}

function readWhole(text: string, published: string): WrittenDate[] {
  const textNamesYears = new RegExp(yearAlone.source, 'u').test(text);
  const dates: WrittenDate[] = [];
  let from = 0;
  for (const line of text.split('\n')) {
    const years = new Set([...line.matchAll(yearAlone)].map(([, year]) => Number(year)));
    const [only] = years;
    for (const match of line.matchAll(written)) {
      const [whole, year, monthText, dayText] = match;
      const [month, day] = [Number(monthText), Number(dayText)];
      const start = from + match.index;
      const span = { start, end: start + whole.length };
      if (year !== undefined) {
        dates.push({
          ...span,
          month,
          day,
          year: Number(year),
          isYearWritten: true,
          possibleYears: [Number(year)],
        });
        continue;
      }
      const nearest = nearestYear(month, day, published);
      const implied = years.size === 1 ? (only ?? null) : textNamesYears ? null : nearest;
      const possibleYears = [...years, ...(nearest === null ? [] : [nearest])];
      dates.push({ ...span, month, day, year: implied, isYearWritten: false, possibleYears });
    }
    from += line.length + 1;
  }
  return dates;
}
