import { z } from 'zod';
import type { ServiceTopic } from './category.ts';
import { PeriodKind, type SchoolCalendar } from './school-calendar.ts';
import type { WorkCalendar } from './work-calendar.ts';

/** What makes a day unlike an ordinary day of term; `holiday` is a weekday off by the official table or the school's own. */
export const DayKind = z.enum([...PeriodKind.exclude(['term']).options, 'holiday']);
export type DayKind = z.infer<typeof DayKind>;

/** A day as the school lives it. */
export interface SchoolDay {
  /** In Shanghai, YYYY-MM-DD. */
  day: string;
  /** 0 is Monday. */
  weekday: number;
  isWorking: boolean;
  /** In the order of `DayKind`; empty on an ordinary day. */
  kinds: readonly DayKind[];
}

export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export function readSchoolDay(
  day: string,
  { periods }: Pick<SchoolCalendar, 'periods'>,
  work: Pick<WorkCalendar, 'isWorkingDay'>,
): SchoolDay {
  const found = new Set<string>(
    periods.filter(({ from, to }) => from <= day && day <= to).map(({ kind }) => kind),
  );
  const [weekday, isWorking] = [weekdayOf(day), work.isWorkingDay(day)];
  if (!isWorking && weekday < 5) found.add('holiday');
  return { day, weekday, isWorking, kinds: DayKind.options.filter((kind) => found.has(kind)) };
}

/**
 * How much more, or less, is written on such days than on ordinary ones of term, until the school's own earlier days say so. Set by
 * judgement, not measured: comments double when everybody arrives, and halve when nobody is there.
 */
const priorFactors: Record<DayKind, number> = {
  vacation: 0.5,
  opening: 2.2,
  exam: 1.3,
  graduation: 1.5,
  admission: 2,
  event: 1.5,
  holiday: 0.8,
};

/** What a kind of day is about: these matters grow further than the rest. */
const topicFactors: Partial<Record<DayKind, Partial<Record<ServiceTopic, number>>>> = {
  opening: { dormitory: 1.5, fees: 1.5, network: 1.3, logistics: 1.3 },
  exam: { teaching: 2, library: 1.5 },
  graduation: { teaching: 1.3, 'admission-employment': 1.3, logistics: 1.3 },
  admission: { 'admission-employment': 2, fees: 1.3, dormitory: 1.3 },
};

/** @param topic null for all matters together */
export function priorFactorOf(kinds: readonly DayKind[], topic: ServiceTopic | null): number {
  let factor = 1;
  for (const kind of kinds) {
    factor *= priorFactors[kind] * (topic === null ? 1 : (topicFactors[kind]?.[topic] ?? 1));
  }
  return factor;
}
