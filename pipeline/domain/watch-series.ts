import {
  type BurstBaseline,
  type FactorOf,
  fitBurstBaseline,
  type HourSeries,
  historyDays,
} from './burst-baseline.ts';
import { type BurstRules, burstRules, type FoundBurst, findBursts } from './find-bursts.ts';

export interface SeriesWatch {
  /** With the history before `start`, as far as there is one. */
  series: HourSeries;
  /** Places in the series: hours from the first day's midnight. `end` is not walked any more. */
  start: number;
  end: number;
  factorOf: FactorOf;
  /** Waves known from before: what was unusual then is left out of what is usual for the days after. */
  past: readonly { from: number; last: number }[];
  rules?: BurstRules;
  /** By the place of its day; handed in again, it saves working a day out twice. */
  fitted?: Map<number, BurstBaseline>;
}

/** What is usual on a day, from the days before it alone: looked at again later, it says the same. */
function fitDay({ series, past, factorOf }: SeriesWatch, at: number): BurstBaseline {
  const first = Math.max(0, at - historyDays);
  const counts = series.counts.slice(first * 24, at * 24);
  for (const { from, last } of past) {
    if (from >= at * 24) continue;
    counts.fill(Number.NaN, Math.max(0, from - first * 24), Math.max(0, last + 1 - first * 24));
  }
  return fitBurstBaseline({ topic: series.topic, days: series.days.slice(first, at), counts }, factorOf);
}

/** The waves of one series between two hours. */
export function watchSeries(watch: SeriesWatch): FoundBurst[] {
  const { series, start, end, rules = burstRules } = watch;
  return findBursts({ counts: series.counts, start, end, expect: openExpectation(watch) }, rules);
}

/** What is expected of an hour of the series; each day is worked out when it is first asked for. */
export function openExpectation(watch: SeriesWatch) {
  const { series, fitted = new Map<number, BurstBaseline>() } = watch;
  return (hour: number) => {
    const at = Math.floor(hour / 24);
    const baseline = fitted.get(at) ?? fitDay(watch, at);
    fitted.set(at, baseline);
    const day = series.days[at];
    if (day === undefined) throw new Error(`hour ${hour} lies outside the series`);
    return { ...baseline.expectHour(day, hour % 24), spreads: baseline.spreads };
  };
}
