import type { Cover, Shortfall } from './coverage.ts';
import { InvalidInput } from './errors.ts';
import { dayAfter, dayBefore, daysBetween } from './time.ts';
import { assertWithinReach, type TrendPeriod } from './trend.ts';
import { chanceOf, type Observed } from './trend-chance.ts';

/** Why nothing is said of a change: the periods were not both read in full, or too little was counted. */
export type NoClaim = 'not-observed' | 'gap' | 'unfinished' | 'too-few';

export interface Change {
  difference: number;
  /** Rate by rate; null from nothing. */
  ratio: number | null;
  /** That the two lie so far apart, or further, if nothing has changed. */
  chance: number;
  /** `unclear`: it may well be chance. */
  direction: 'more' | 'fewer' | 'unclear';
}

/** Below so many together nothing is said. */
const fewestTogether = 20;
/** Several lines are looked at together, so that one in twenty would often be chance. */
const clearBelow = 0.01;

const reasons: Record<Shortfall['why'], NoClaim> = {
  unobserved: 'not-observed',
  gap: 'gap',
  pending: 'unfinished',
};

/** The gravest reason why these times say nothing of a change; null where they were read in full. */
export function whyNoClaim(covers: readonly Cover[]): NoClaim | null {
  const found = covers.flatMap(({ shortfalls }) => shortfalls.map(({ why }) => reasons[why]));
  return (['not-observed', 'gap', 'unfinished'] as const).find((reason) => found.includes(reason)) ?? null;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/**
 * @param spread of the days (`spreadOf`); the counts are weighed as if there were so many times fewer. Null: not known, so that
 *   they are taken as they are.
 */
export function compareCounts(
  now: Observed,
  before: Observed,
  { spread, noClaim }: { spread: number | null; noClaim: NoClaim | null },
): { change: Change | null; reason: NoClaim | null } {
  const reason = noClaim ?? (now.count + before.count < fewestTogether ? 'too-few' : null);
  if (reason !== null) return { change: null, reason };
  const weighed = ({ count, days }: Observed) => ({ count: Math.round(count / (spread ?? 1)), days });
  const chance = chanceOf(weighed(now), weighed(before));
  const [rate, rateBefore] = [now.count / now.days, before.count / before.days];
  const direction = chance >= clearBelow ? 'unclear' : rate > rateBefore ? 'more' : 'fewer';
  const ratio = before.count === 0 ? null : round(rate / rateBefore, 3);
  const difference = now.count - before.count;
  return { change: { difference, ratio, chance: round(chance, 6), direction }, reason: null };
}

export type Against = 'previous' | 'last-year' | 'other';

function yearEarlier(day: string): string {
  const earlier = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return earlier.endsWith('02-29') ? `${earlier.slice(0, 8)}28` : earlier;
}

/**
 * What a period is compared with; of the same length always.
 * @param otherFromDay of any other
 * @throws InvalidInput naming the field
 */
export function baselineOf(
  period: TrendPeriod,
  against: Against,
  otherFromDay: string | undefined,
): TrendPeriod {
  const days = daysBetween(period.fromDay, period.toDay) + 1;
  const from = (fromDay: string) => ({ fromDay, toDay: dayAfter(fromDay, days - 1) });
  switch (against) {
    case 'previous':
      return from(dayBefore(period.fromDay, days));
    case 'last-year': {
      const baseline = from(yearEarlier(period.fromDay));
      if (baseline.toDay < period.fromDay) return baseline;
      throw new InvalidInput('toDay', '与去年同期比较时，时间段不能超过一年。');
    }
    case 'other': {
      if (otherFromDay === undefined)
        throw new InvalidInput('againstFromDay', '请填写对比时间段的开始日期。');
      assertWithinReach('againstFromDay', otherFromDay);
      const baseline = from(otherFromDay);
      if (baseline.toDay < period.fromDay || baseline.fromDay > period.toDay) return baseline;
      throw new InvalidInput('againstFromDay', '两个时间段不能重叠。');
    }
    default:
      return against satisfies never;
  }
}
