import { z } from 'zod';
import { dayAfter, shanghaiClock } from './time.ts';
import { Login } from './user.ts';
import type { WorkCalendar } from './work-calendar.ts';

/** 宣传, 安全, 技术 */
export const Duty = z.enum(['publicity', 'safety', 'operations']);
export type Duty = z.infer<typeof Duty>;

/** A Shanghai clock, `08:00`; `24:00` only as an end. */
const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time as 08:00');
const EndTime = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time as 08:00 or 24:00');

/** A date, days of the week (1 is Monday), or all days that are worked, or not, by the calendar. */
export const DutyDays = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('date'), date: z.iso.date() }),
  z.strictObject({ on: z.literal('weekdays'), weekdays: z.array(z.int().min(1).max(7)).min(1).max(7) }),
  z.strictObject({ on: z.literal('working-days') }),
  z.strictObject({ on: z.literal('days-off') }),
]);
export type DutyDays = z.infer<typeof DutyDays>;

/** One shift of the 值班表. One that ends no later than it begins ends on the day after. */
export const RosterEntry = z.strictObject({
  duty: Duty,
  days: DutyDays,
  from: ClockTime,
  to: EndTime,
  person: Login,
  backup: Login.nullable().default(null),
  /** Shown to colleagues who are signed in. */
  phone: z
    .string()
    .regex(/^[\d+()\- ]{3,30}$/, 'digits, spaces and + - ( )')
    .nullable()
    .default(null),
});
export type RosterEntry = z.infer<typeof RosterEntry>;

export interface Shift {
  entry: RosterEntry;
  /** The day it begins on. */
  day: string;
  endsNextDay: boolean;
}

/** 1 is Monday. */
const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

type Days = Pick<WorkCalendar, 'isWorkingDay'>;

function isOn(days: DutyDays, day: string, calendar: Days): boolean {
  switch (days.on) {
    case 'date':
      return days.date === day;
    case 'weekdays':
      return days.weekdays.includes(weekdayOf(day));
    case 'working-days':
      return calendar.isWorkingDay(day);
    case 'days-off':
      return !calendar.isWorkingDay(day);
    default:
      return days satisfies never;
  }
}

/** The shifts that begin on a day. What is entered for a date stands for the patterns of the same duty. */
export function shiftsOn(roster: readonly RosterEntry[], day: string, calendar: Days): Shift[] {
  const meant = roster.filter(({ days }) => isOn(days, day, calendar));
  const dated = new Set(meant.filter(({ days }) => days.on === 'date').map(({ duty }) => duty));
  return meant
    .filter(({ duty, days }) => days.on === 'date' || !dated.has(duty))
    .map((entry) => ({ entry, day, endsNextDay: entry.to <= entry.from }))
    .toSorted((a, b) => compare(a.entry, b.entry));
}

function compare(a: RosterEntry, b: RosterEntry): number {
  const [x, y] = [a, b].map(({ duty, from, person }) => `${Duty.options.indexOf(duty)} ${from} ${person}`);
  return (x ?? '') < (y ?? '') ? -1 : 1;
}

/** Whose shift it is, by a Shanghai clock; one that began yesterday may go on. */
export function onDutyAt(roster: readonly RosterEntry[], at: string, calendar: Days): Shift[] {
  const [day = '', time = ''] = shanghaiClock(at).slice(0, 16).split(' ');
  const today = shiftsOn(roster, day, calendar).filter(
    ({ entry, endsNextDay }) => entry.from <= time && (endsNextDay || time < entry.to),
  );
  const lastNight = shiftsOn(roster, dayAfter(day, -1), calendar).filter(
    ({ entry, endsNextDay }) => endsNextDay && time < entry.to,
  );
  return [...lastNight, ...today].toSorted((a, b) => compare(a.entry, b.entry));
}

/** Monday to Sunday around a day. */
export function weekOf(day: string): string[] {
  const monday = dayAfter(day, 1 - weekdayOf(day));
  return Array.from({ length: 7 }, (_, index) => dayAfter(monday, index));
}
