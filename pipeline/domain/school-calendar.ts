import { z } from 'zod';

const Name = z.string().min(1).max(60);
const day = z.iso.date();

/** Days in a row, both ends included; a single day without `to`. */
const DaysOff = z
  .strictObject({ name: Name, from: day, to: day.optional() })
  .refine(({ from, to = from }) => from <= to, { path: ['to'], error: 'lies before "from"' })
  .refine(({ from, to = from }) => Date.parse(to) - Date.parse(from) <= 100 * 86_400_000, {
    path: ['to'],
    error: 'more than a hundred days in a row',
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
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'lies before "from"' });
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
