const dayMs = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000;
const weekdays = ['日', '一', '二', '三', '四', '五', '六'] as const;

/** A calendar day in Shanghai, counted from 1970-01-01. */
export type DayNumber = number;

export interface DayFields {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  weekday: string;
}

export function shanghaiDay(instant: Date): DayNumber {
  return Math.floor((instant.getTime() + shanghaiOffsetMs) / dayMs);
}

/** HH:mm:ss on a Shanghai clock. */
export function shanghaiClock(instant: Date): string {
  return new Date(instant.getTime() + shanghaiOffsetMs).toISOString().slice(11, 19);
}

/** The instant of a day and a time of day (HH:mm:ss) in Shanghai. */
export function instantAt(day: DayNumber, clock: string): Date {
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number);
  return new Date(day * dayMs - shanghaiOffsetMs + ((hour * 60 + minute) * 60 + second) * 1000);
}

export function dayFields(day: DayNumber): DayFields {
  const date = new Date(day * dayMs);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: `周${weekdays[date.getUTCDay()] ?? ''}`,
  };
}

/** 2026-11-03 */
export function dashedDate(day: DayNumber): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** 2026年11月3日 */
export function chineseDate(day: DayNumber): string {
  const { year, month, day: dayOfMonth } = dayFields(day);
  return `${year}年${month}月${dayOfMonth}日`;
}

/** Fills in `{+2}`, `{-1w}`, `{0}` and `{y}`, relative to the day of publication. */
export function placeDates(text: string, published: DayNumber): string {
  return text
    .replaceAll('{y}', String(dayFields(published).year))
    .replace(/\{([+-]?\d+)(w?)\}/g, (_, offset: string, withWeekday: string) => {
      const { month, day, weekday } = dayFields(published + Number(offset));
      return `${month}月${day}日${withWeekday === '' ? '' : `（${weekday}）`}`;
    });
}

/** The instant to the second, as platforms tell it. */
export function wholeSecond(at: Date): string {
  return new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString();
}
