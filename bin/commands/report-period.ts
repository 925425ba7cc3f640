import type { BriefKind, BriefPeriod } from '../../pipeline/domain/brief.ts';
import { elapsedPeriod, periodOf, periodOfDays, weekdayOf } from '../../pipeline/domain/brief-period.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { dayAfter, dayBefore, shanghaiDay } from '../../pipeline/domain/time.ts';
import type { WorkCalendar } from '../../pipeline/domain/work-calendar.ts';

export interface PeriodWish {
  kind: BriefKind;
  /** A day that the brief is about; null: the last one of its kind. */
  day: string | null;
  /** The first day of a special one. */
  from: string | null;
}

interface Known {
  now: string;
  calendar: Pick<WorkCalendar, 'isWorkingDay'>;
  /** Briefs are made on days off, too. */
  everyDay: boolean;
}

/** Days that a special one looks back unless told. */
const usualSpecialDays = 7;
const morningHour = '08';

function monthOf(day: string): BriefPeriod {
  const first = `${day.slice(0, 7)}-01`;
  const next = `${dayAfter(first, 31).slice(0, 7)}-01`;
  return periodOfDays(first, dayBefore(next, 1));
}

function weekOf(day: string): BriefPeriod {
  const monday = dayBefore(day, weekdayOf(day) - 1);
  return periodOfDays(monday, dayAfter(monday, 6));
}

function morningOf(day: string, { now, calendar, everyDay }: Known): BriefPeriod {
  const usual = new Date(Date.parse(`${day}T${morningHour}:00:00+08:00`)).toISOString();
  return periodOf('morning', usual < now ? usual : now, calendar, everyDay);
}

const spanWords = { daily: 'day', weekly: 'week', monthly: 'month' } as const;

/** @throws InvalidInput (`day`, `from`) */
export function choosePeriod({ kind, day, from }: PeriodWish, known: Known): BriefPeriod {
  const { now, calendar, everyDay } = known;
  const today = shanghaiDay(now);
  if (day !== null && day > today) throw new InvalidInput('day', `--day ${day}: that day has not come yet.`);
  if (from !== null && kind !== 'special')
    throw new InvalidInput('from', '--from: only a special one begins on any day; use --day.');
  if (kind === 'special') {
    const last = day ?? today;
    const first = from ?? dayBefore(last, usualSpecialDays - 1);
    if (first > last) throw new InvalidInput('from', `--from ${first}: that is after ${last}.`);
    // Of a day that goes on, the hours that are over.
    const period = elapsedPeriod(first, last, now);
    if (period === null) throw new InvalidInput('day', `--day ${last}: no full hour of it is over yet.`);
    return period;
  }
  if (day === null) return periodOf(kind, now, calendar, everyDay);
  if (kind === 'morning') return morningOf(day, known);
  const period = kind === 'daily' ? periodOfDays(day, day) : kind === 'weekly' ? weekOf(day) : monthOf(day);
  if (period.toDay >= today)
    throw new InvalidInput('day', `--day ${day}: that ${spanWords[kind]} is not over yet.`);
  return period;
}
