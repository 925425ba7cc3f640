import { z } from 'zod';
import { daysBetween } from './time.ts';

const Name = z.string().min(1).max(60);
const day = z.iso.date();
const orderProblem = { path: ['to'], error: '结束日期早于开始日期' };

/** Days in a row, both ends included; a single day without `to`. */
const DaysOff = z
  .strictObject({ name: Name, from: day, to: day.optional() })
  .refine(({ from, to = from }) => from <= to, orderProblem)
  .refine(({ from, to = from }) => Date.parse(to) - Date.parse(from) <= 100 * 86_400_000, {
    path: ['to'],
    error: '连续放假最多 100 天',
  });

/** 学期, 假期, 开学报到, 考试, 毕业, 招生, 校园活动. `term` is what all others are measured against. */
export const PeriodKind = z.enum([
  ...(['term', 'vacation'] as const),
  ...(['opening', 'exam', 'graduation', 'admission', 'event'] as const),
]);
export type PeriodKind = z.infer<typeof PeriodKind>;

/** Where the school's year stands, and what goes on in it. Periods may overlap; by themselves they stop no clock. */
export const SchoolPeriod = z
  .strictObject({ name: Name, kind: PeriodKind, from: day, to: day })
  .refine(({ from, to }) => from <= to, orderProblem);
export type SchoolPeriod = z.infer<typeof SchoolPeriod>;

/** What the school lays over the official table of holidays. Days in Shanghai. */
export const SchoolCalendar = z.strictObject({
  /** Off here, whatever the table says. */
  daysOff: z.array(DaysOff).default([]),
  /** Worked here, whatever the table and `daysOff` say. */
  workingDays: z.array(z.strictObject({ name: Name, day })).default([]),
  periods: z.array(SchoolPeriod).default([]),
  /** Years whose official holidays stand in the two lists above, because the program's own table lacks them. */
  enteredYears: z.array(z.int().min(2000).max(2999)).default([]),
});
export type SchoolCalendar = z.infer<typeof SchoolCalendar>;

export const emptySchoolCalendar: SchoolCalendar = {
  daysOff: [],
  workingDays: [],
  periods: [],
  enteredYears: [],
};

/** Days that a calendar may name; both included. */
export interface CalendarReach {
  firstDay: string;
  lastDay: string;
}

/** Official holidays are public a year ahead, a 校历 two or three: what is further away is a year that was typed wrong. */
const yearsAhead = 5;

/** From the year 2000, before which a school keeps nothing here, to the end of the fifth year after this one. */
export const calendarReach = (today: string): CalendarReach => ({
  firstDay: '2000-01-01',
  lastDay: `${Number(today.slice(0, 4)) + yearsAhead}-12-31`,
});

/** No term, and nothing within one, is as long. */
const longestPeriodDays = 300;

interface CalendarMistake {
  path: (string | number)[];
  message: string;
}

const findDayMistake = (one: string, { firstDay, lastDay }: CalendarReach): string | null =>
  one < firstDay || one > lastDay ? `${one} 不在 ${firstDay} 至 ${lastDay} 之间，请核对年份` : null;

/** Pure: what is wrong with the days of one entry. Null when all is well. */
export function findSpanMistake(
  { from, to }: { from: string; to: string },
  reach: CalendarReach,
): { at: 'from' | 'to'; message: string } | null {
  const early = findDayMistake(from, reach);
  if (early !== null) return { at: 'from', message: early };
  const late = findDayMistake(to, reach);
  if (late !== null) return { at: 'to', message: late };
  if (daysBetween(from, to) <= longestPeriodDays) return null;
  return { at: 'to', message: `超过 ${longestPeriodDays} 天，请核对年份` };
}

/** What its shape alone does not tell: days that no calendar of now has. Null when all is well. */
export function findCalendarMistake(calendar: SchoolCalendar, reach: CalendarReach): CalendarMistake | null {
  for (const list of ['daysOff', 'periods'] as const) {
    for (const [index, { name, from, to = from }] of calendar[list].entries()) {
      const found = findSpanMistake({ from, to }, reach);
      if (found !== null) return { path: [list, index, found.at], message: `“${name}”：${found.message}` };
    }
  }
  for (const [index, { name, day: worked }] of calendar.workingDays.entries()) {
    const message = findDayMistake(worked, reach);
    if (message !== null) return { path: ['workingDays', index, 'day'], message: `“${name}”：${message}` };
  }
  for (const [index, year] of calendar.enteredYears.entries()) {
    const message = findDayMistake(`${year}-01-01`, reach);
    if (message !== null) return { path: ['enteredYears', index], message };
  }
  return null;
}
