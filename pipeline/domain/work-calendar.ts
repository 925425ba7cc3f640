import { InvalidInput, Permanent } from './errors.ts';
import type { SchoolCalendar } from './school-calendar.ts';
import { shanghaiClock, shanghaiInstant } from './time.ts';

/** Office hours end at this hour of a Shanghai clock. */
const officeEndsAt = 18;
const dayMs = 86_400_000;
/** No school is closed for as long as this. */
const longestBreakDays = 400;

/** Days are YYYY-MM-DD in Shanghai, instants UTC. */
export interface WorkCalendar {
  isWorkingDay(day: string): boolean;
  /**
   * @param workingDays 0 or more
   * @returns the end of office hours (18:00 in Shanghai) on the n-th working day after the day of `at`; for 0 the end of today, or
   * of the next working day when today is none or over
   */
  dueAfter(at: string, workingDays: number): string;
  /** Working days after the day of `from`, up to and with the day of `to`; negative when `to` lies before. Both are instants. */
  workingDaysBetween(from: string, to: string): number;
  /** Whether the official holidays of that day's year are known; if not, weekends and the fixed holidays are taken. */
  isKnown(day: string): boolean;
}

export interface WorkCalendarParts {
  /** By the official table: a weekday off. Asked for known years only. */
  isPublicHoliday(day: string): boolean;
  /** By the official table: a Saturday or Sunday that is worked. Asked for known years only. */
  isMakeUpDay(day: string): boolean;
  knownYears: ReadonlySet<number>;
  /** What the school lays over it. */
  ownDays: Pick<SchoolCalendar, 'daysOff' | 'workingDays' | 'enteredYears'>;
}

/** Off in every year by the rules for public holidays, whatever is moved around them. */
const fixedHolidays = new Set(['01-01', '05-01', '10-01', '10-02', '10-03']);

export function buildWorkCalendar(parts: WorkCalendarParts): WorkCalendar {
  const { knownYears, ownDays } = parts;
  const worked = new Set(ownDays.workingDays.map(({ day }) => day));
  const entered = new Set(ownDays.enteredYears);
  const isOwnDayOff = (day: string) =>
    ownDays.daysOff.some(({ from, to = from }) => from <= day && day <= to);

  const isOfficialWorkingDay = (day: string) => {
    const weekend = isWeekend(day);
    if (!knownYears.has(yearOf(day))) return !weekend && !fixedHolidays.has(day.slice(5));
    return weekend ? parts.isMakeUpDay(day) : !parts.isPublicHoliday(day);
  };
  const isWorkingDay = (day: string) => worked.has(day) || (!isOwnDayOff(day) && isOfficialWorkingDay(day));

  /** @returns the n-th working day after `day`; for 0 the day itself or the first working day after it */
  const findWorkingDay = (day: string, count: number): string => {
    let found = day;
    let left = count;
    let idle = 0;
    if (left === 0) {
      if (isWorkingDay(day)) return day;
      left = 1;
    }
    while (left > 0) {
      found = nextDay(found);
      idle = isWorkingDay(found) ? 0 : idle + 1;
      if (idle === 0) left -= 1;
      if (idle > longestBreakDays) throw new Permanent(`The calendar has no working day after ${day}.`);
    }
    return found;
  };

  const countUpTo = (from: string, to: string): number => {
    let count = 0;
    for (let day = from; day < to; ) {
      day = nextDay(day);
      if (isWorkingDay(day)) count += 1;
    }
    return count;
  };

  return {
    isWorkingDay,
    dueAfter: (at, workingDays) => {
      if (!Number.isInteger(workingDays) || workingDays < 0)
        throw new InvalidInput('workingDays', '工作日数应是 0 或正整数。');
      const today = dayOf(at);
      const isOver = workingDays === 0 && at >= endOfOffice(today);
      return endOfOffice(findWorkingDay(today, isOver ? 1 : workingDays));
    },
    workingDaysBetween: (from, to) => {
      const [first, last] = [dayOf(from), dayOf(to)];
      return first <= last ? countUpTo(first, last) : 0 - countUpTo(last, first);
    },
    isKnown: (day) => knownYears.has(yearOf(day)) || entered.has(yearOf(day)),
  };
}

const yearOf = (day: string) => Number(day.slice(0, 4));
const dayOf = (instant: string) => shanghaiClock(instant).slice(0, 10);
const isWeekend = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0;
const nextDay = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);

function endOfOffice(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const end = shanghaiInstant(year, month, date, { hour: officeEndsAt, minute: 0, second: 0 });
  if (end === null) throw new InvalidInput('day', `没有 ${day} 这一天。`);
  return end;
}

/** So far ahead something may be due. */
const lookAheadDays = 60;

/** Years of today and of the next two months whose official holidays are not known. */
export function findUnknownYears(calendar: Pick<WorkCalendar, 'isKnown'>, at: string): number[] {
  const today = dayOf(at);
  const later = new Date(Date.parse(`${today}T00:00:00Z`) + lookAheadDays * dayMs).toISOString().slice(0, 10);
  const unknown = [today, later].filter((day) => !calendar.isKnown(day)).map(yearOf);
  return [...new Set(unknown)];
}
