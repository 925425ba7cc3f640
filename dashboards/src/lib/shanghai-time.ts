import { t } from '../i18n/t.ts';

/** Times are kept in UTC and shown on a Shanghai clock; the store reads dates with the same fixed offset. */
const shanghaiOffsetMs = 8 * 3_600_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

export type Precision = 'second' | 'minute' | 'day';

function wallClock(instant: string) {
  const local = new Date(Date.parse(instant) + shanghaiOffsetMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    year: local.getUTCFullYear(),
    date: t('app.dayOfMonth', { month: local.getUTCMonth() + 1, day: local.getUTCDate() }),
    clock: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`,
    seconds: two(local.getUTCSeconds()),
    dayNumber: Math.floor(local.getTime() / dayMs),
  };
}

/** No more than the source said: a date printed without a clock gets none here. The year only when it is another one. */
export function formatPublished(instant: string, precision: Precision, now: string): string {
  const then = wallClock(instant);
  const date =
    then.year === wallClock(now).year
      ? then.date
      : t('app.dateWithYear', { year: then.year, date: then.date });
  if (precision === 'day') return date;
  return precision === 'minute' ? `${date} ${then.clock}` : `${date} ${then.clock}:${then.seconds}`;
}

/** The whole moment, for a title or a history: `2026年3月5日 14:20`. */
export function formatMoment(instant: string): string {
  const then = wallClock(instant);
  return t('app.dateTimeWithYear', { year: then.year, date: then.date, clock: then.clock });
}

/** The moment without its year, where the year is plain: `3月5日 14:20`. */
export function formatDayAndClock(instant: string): string {
  const then = wallClock(instant);
  return `${then.date} ${then.clock}`;
}

/** The day on a Shanghai calendar, as fields for dates have it: `2026-03-05`. */
export function shanghaiDay(instant: string): string {
  return new Date(Date.parse(instant) + shanghaiOffsetMs).toISOString().slice(0, 10);
}

/** The clock alone, for what ends within the hour: `14:20`. */
export function formatClock(instant: string): string {
  return wallClock(instant).clock;
}

/** Short, for a list. A moment with day precision is never shown as hours ago: nobody knows them. */
export function formatAgo(instant: string, precision: Precision, now: string): string {
  const then = wallClock(instant);
  const days = wallClock(now).dayNumber - then.dayNumber;
  if (precision === 'day')
    return days === 0 ? t('app.today') : days === 1 ? t('app.yesterday') : shortDate(instant, now);
  const elapsedMs = Date.parse(now) - Date.parse(instant);
  if (elapsedMs < 0) return shortDate(instant, now);
  if (elapsedMs < minuteMs) return t('app.justNow');
  if (elapsedMs < hourMs) return t('app.minutesAgo', { n: Math.floor(elapsedMs / minuteMs) });
  if (days === 0) return t('app.hoursAgo', { n: Math.floor(elapsedMs / hourMs) });
  return days === 1 ? t('app.yesterdayAt', { clock: then.clock }) : shortDate(instant, now);
}

function shortDate(instant: string, now: string): string {
  const then = wallClock(instant);
  return then.year === wallClock(now).year
    ? then.date
    : t('app.dateWithYear', { year: then.year, date: then.date });
}
