import { type CalendarFactor, type FactorOf, priorFactorDoubt, priorFactors } from './burst-baseline.ts';
import type { ServiceTopic } from './category.ts';
import type { DayKind, SchoolDay } from './school-period.ts';

/** All items of a series on one day; days with a gap in them stay out. */
export interface DayCount {
  day: SchoolDay;
  count: number;
}

/** So many days of the same kinds weigh as much as what is known beforehand. */
const priorDays = 3;
/** Ordinary days as near as this say what would have been. */
const nearDays = 42;
const leastOrdinary = 5;
const dayMs = 86_400_000;
const [leastFactor, mostFactor] = [0.1, 8];

const keyOf = (kinds: readonly DayKind[]) => kinds.join('+');

/** A running sum over ordinary days, so that a year of days is gone through once and not day by day against day by day. */
class OrdinaryDays {
  private readonly sums = new Map<boolean, { at: number[]; items: number[] }>();

  constructor(days: readonly DayCount[]) {
    for (const isWorking of [true, false]) this.sums.set(isWorking, { at: [], items: [0] });
    for (const { day, count } of days) {
      const sum = this.sums.get(day.isWorking);
      if (sum === undefined || day.kinds.length > 0) continue;
      sum.at.push(Date.parse(day.day));
      sum.items.push((sum.items.at(-1) ?? 0) + count);
    }
  }

  /** Mean of the ordinary days around one; null where there are too few. */
  meanAround(day: string, isWorking: boolean): number | null {
    const sum = this.sums.get(isWorking);
    if (sum === undefined) return null;
    const at = Date.parse(day);
    const first = sum.at.findIndex((one) => one >= at - nearDays * dayMs);
    const after = sum.at.findIndex((one) => one > at + nearDays * dayMs);
    const end = after < 0 ? sum.at.length : after;
    if (first < 0 || end - first < leastOrdinary) return null;
    return ((sum.items[end] ?? 0) - (sum.items[first] ?? 0)) / (end - first);
  }
}

/**
 * How much more is written on days of each kind, learned from the school's own earlier days of that kind against the ordinary days
 * around them; the fewer there were, the nearer to what is known beforehand.
 * @param days in order, a year or more, all before what is to be judged
 */
export function learnFactors(days: readonly DayCount[], topic: ServiceTopic | null): FactorOf {
  const prior = priorFactors(topic);
  const ordinary = new OrdinaryDays(days);
  const seen = new Map<string, { items: number; usual: number; days: number }>();
  for (const { day, count } of days) {
    if (day.kinds.length === 0) continue;
    // A weekday off is like the days off around it, before the calendar's factor.
    const usual = ordinary.meanAround(day.day, day.isWorking);
    if (usual === null || usual <= 0) continue;
    const sum = seen.get(keyOf(day.kinds)) ?? { items: 0, usual: 0, days: 0 };
    seen.set(keyOf(day.kinds), { items: sum.items + count, usual: sum.usual + usual, days: sum.days + 1 });
  }
  return (kinds): CalendarFactor => {
    const before = prior(kinds);
    const sum = seen.get(keyOf(kinds));
    if (sum === undefined) return before;
    const weight = (priorDays * sum.usual) / sum.days + 1;
    const factor = (sum.items + weight * before.factor) / (sum.usual + weight);
    const doubt = (priorFactorDoubt * priorDays) / (sum.days + priorDays);
    return { factor: Math.min(mostFactor, Math.max(leastFactor, factor)), doubt };
  };
}
