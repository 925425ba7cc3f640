import type { BriefKind, BriefPeriod } from '../../pipeline/domain/brief.ts';
import { periodOf, periodOfDays, weekdayOf } from '../../pipeline/domain/brief-period.ts';
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
    return periodOfDays(first, last);
  }
  if (day === null) return periodOf(kind, now, calendar, everyDay);
  if (kind === 'morning') return morningOf(day, known);
  if (kind === 'daily') return periodOfDays(day, day);
  const period = kind === 'weekly' ? weekOf(day) : monthOf(day);
  if (period.toDay >= today)
    throw new InvalidInput(
      'day',
      `--day ${day}: that ${kind === 'weekly' ? 'week' : 'month'} is not over yet.`,
    );
  return period;
}
