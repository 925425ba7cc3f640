import type { ServiceTopic } from './category.ts';
import { type DayKind, priorFactorOf, type SchoolDay } from './school-period.ts';

/** What is looked at together: the hour, three hours, a day. */
export const burstWindows = [1, 3, 24] as const;

/** Public items of one series by the hour, from the first hour of `days[0]` on; NaN where nothing is known of an hour (a gap). */
export interface HourSeries {
  topic: ServiceTopic | null;
  days: readonly SchoolDay[];
  counts: readonly number[];
}

/** What the expected count of an hour was read from, the most telling first. */
export type BaselineMethod = 'hour-of-week' | 'day-type' | 'prior';

export interface HourExpected {
  mean: number;
  /** How little is known of the mean: its variance as a share of its square. */
  doubt: number;
  method: BaselineMethod;
}

/** What is usual for one series, worked out from what was before one day. */
export interface BurstBaseline {
  expectHour(day: SchoolDay, hour: number): HourExpected;
  /** By window: how far the mean itself wanders from day to day, as a share of its square. */
  spreads: Readonly<Record<(typeof burstWindows)[number], number>>;
}

/** So far back a channel's own hours count. */
export const historyDays = 84;
/** So many weeks of an hour of the week must have been seen. */
const leastOfSlot = 4;
const leastOfDayType = 5;
/** So many days weigh as much as what is known without them. */
const priorWeight = 4;
/** Items an hour, before a channel has a history: small enough that a new channel speaks up, large enough that a handful is none. */
const priorRate = 0.4;
/** Of all items of a channel, on one matter. */
const priorTopicShare = 0.12;
const priorSpread = 0.35;
/** Weighs as so many windows of one item each. */
const spreadWeight = 20;
/** One matter comes and goes with what is published on it. */
const topicWander = 1.6;
/** A wave in twelve weeks may not make the next one look usual. */
const keptShare = 0.995;
const [leastSpread, mostSpread] = [0.03, 3];
/** Of a deviation from what is usual, more says nothing of what is usual. */
const clipAt = 3;
/** The recent level is known after so many items. */
const levelWeight = 10;
const levelHalfLifeDays = 2;
const levelDays = 10;
const [leastLevel, mostLevel] = [0.4, 3];

/** When people write, where a channel has not yet shown it: the share of each hour of the clock, times 24. */
const priorShape = [
  0.5, 0.25, 0.12, 0.08, 0.06, 0.1, 0.3, 0.7, 1.0, 1.1, 1.2, 1.4, 1.6, 1.2, 1.0, 1.0, 1.1, 1.3, 1.5, 1.6, 1.8,
  2.0, 1.9, 1.19,
];

const isKnown = (count: number | undefined): count is number => count !== undefined && !Number.isNaN(count);

/** Sums of counts, of the days they stand for (weighed by their calendar), and how many hours those were. */
interface Pool {
  items: number;
  exposure: number;
  hours: number;
}
const emptyPool = (): Pool => ({ items: 0, exposure: 0, hours: 0 });

function addTo(pools: Pool[], index: number, count: number, exposure: number): void {
  const pool = pools[index];
  if (pool === undefined) return;
  pool.items += count;
  pool.exposure += exposure;
  pool.hours += 1;
}

const shrink = (pool: Pool, towards: number, weight: number) =>
  (pool.items + weight * towards) / (pool.exposure + weight);

/** The place of an hour in the week; an hour of a Saturday that is worked, or of a Monday off, has none. */
function slotOf({ weekday, isWorking }: SchoolDay, hour: number): number | null {
  return isWorking === weekday < 5 ? weekday * 24 + hour : null;
}
const dayTypeOf = ({ isWorking }: SchoolDay, hour: number) => (isWorking ? 0 : 24) + hour;

type RateOf = (day: SchoolDay, hour: number) => HourExpected;

/** Rates on an ordinary day, without the calendar's factor. */
function fitRates(hours: readonly KnownHour[], topic: ServiceTopic | null): RateOf {
  const all = emptyPool();
  const types = Array.from({ length: 48 }, emptyPool);
  const slots = Array.from({ length: 168 }, emptyPool);
  for (const { day, hour, count, factor } of hours) {
    addTo([all], 0, count, factor);
    addTo(types, dayTypeOf(day, hour), count, factor);
    const slot = slotOf(day, hour);
    if (slot !== null) addTo(slots, slot, count, factor);
  }
  const rate = priorRate * (topic === null ? 1 : priorTopicShare);
  // A day's worth of what is known beforehand.
  const level = shrink(all, rate, 24);
  const typeRate = (at: number) =>
    shrink(types[at] ?? emptyPool(), level * (priorShape[at % 24] ?? 1), priorWeight);
  return (day, hour) => {
    const at = dayTypeOf(day, hour);
    const ofType = typeRate(at);
    const slot = slotOf(day, hour);
    const pool = slot === null ? undefined : slots[slot];
    if (pool !== undefined && pool.hours >= leastOfSlot) {
      const mean = shrink(pool, ofType, priorWeight);
      return { mean, doubt: 1 / (pool.items + priorWeight * ofType + 3), method: 'hour-of-week' };
    }
    const ofDays = types[at] ?? emptyPool();
    const method = ofDays.hours >= leastOfDayType ? 'day-type' : 'prior';
    return { mean: ofType, doubt: 1 / (Math.min(ofDays.items, all.items / 24) + 2), method };
  };
}

interface KnownHour {
  day: SchoolDay;
  hour: number;
  count: number;
  factor: number;
}

/** Past bursts that nobody marked may not become usual. */
function clip(hours: readonly KnownHour[], rateOf: RateOf): KnownHour[] {
  return hours.map((one) => {
    const mean = rateOf(one.day, one.hour).mean * one.factor;
    const most = mean + clipAt * Math.sqrt(mean + priorSpread * mean * mean) + 1;
    return one.count <= most ? one : { ...one, count: most };
  });
}

/** By how much the last days were above or below what the weeks before say. */
function levelOf(
  hours: readonly KnownHour[],
  rateOf: RateOf,
  lastDay: number,
  dayIndex: (day: string) => number,
) {
  let [seen, usual] = [levelWeight, levelWeight];
  for (const { day, hour, count, factor } of hours) {
    const age = lastDay - dayIndex(day.day);
    if (age > levelDays) continue;
    const weight = 0.5 ** (age / levelHalfLifeDays);
    seen += weight * count;
    usual += weight * factor * rateOf(day, hour).mean;
  }
  return Math.min(mostLevel, Math.max(leastLevel, seen / usual));
}

/** How far windows of a length were from what was expected of them, beyond chance; those furthest off count as the last that is not. */
function spreadOf(length: number, counts: readonly number[], means: readonly number[]): number {
  const windows: { off: number; square: number }[] = [];
  for (let at = 0; at + length <= counts.length; at += length) {
    let [seen, mean] = [0, 0];
    for (let i = at; i < at + length; i += 1) {
      seen += counts[i] ?? Number.NaN;
      mean += means[i] ?? Number.NaN;
    }
    if (!Number.isNaN(seen) && mean > 0)
      windows.push({ off: (seen - mean) ** 2 - mean, square: mean * mean });
  }
  windows.sort((a, b) => a.off / (a.square + 1) - b.off / (b.square + 1));
  const furthest = windows[Math.floor(windows.length * keptShare)];
  const most = furthest === undefined ? 0 : furthest.off / (furthest.square + 1);
  let [off, square] = [spreadWeight * priorSpread, spreadWeight];
  for (const one of windows) {
    off += Math.min(one.off, most * (one.square + 1));
    square += one.square;
  }
  return Math.min(mostSpread, Math.max(leastSpread, off / square));
}

/** How much more is written on days of these kinds, and how little that is known. */
export interface CalendarFactor {
  factor: number;
  doubt: number;
}
export type FactorOf = (kinds: readonly DayKind[]) => CalendarFactor;

/** Without the school's own earlier days. */
export function priorFactors(topic: ServiceTopic | null): FactorOf {
  return (kinds) => ({
    factor: priorFactorOf(kinds, topic),
    doubt: kinds.length === 0 ? 0 : priorFactorDoubt,
  });
}
export const priorFactorDoubt = 0.3;

function knownHours({ days, counts }: HourSeries, factorOf: FactorOf): KnownHour[] {
  return days.flatMap((day, index) => {
    const { factor } = factorOf(day.kinds);
    return Array.from({ length: 24 }, (_, hour) => ({
      day,
      hour,
      count: counts[index * 24 + hour],
      factor,
    })).filter((one): one is KnownHour => isKnown(one.count));
  });
}

/** @param series of at most `historyDays` days, up to the day before the one that is to be judged */
export function fitBurstBaseline(series: HourSeries, factorOf: FactorOf): BurstBaseline {
  const known = knownHours(series, factorOf);
  const clipped = clip(known, fitRates(known, series.topic));
  const rateOf = fitRates(clipped, series.topic);
  const index = new Map(series.days.map(({ day }, at) => [day, at]));
  const level = levelOf(clipped, rateOf, series.days.length, (day) => index.get(day) ?? 0);
  const means = series.days.flatMap((day) =>
    Array.from({ length: 24 }, (_, hour) => rateOf(day, hour).mean * factorOf(day.kinds).factor),
  );
  const wander = series.topic === null ? 1 : topicWander;
  const spread = (length: number) => wander * spreadOf(length, series.counts, means);
  return {
    spreads: { 1: spread(1), 3: spread(3), 24: spread(24) },
    expectHour: (day, hour) => {
      const { mean, doubt, method } = rateOf(day, hour);
      const { factor, doubt: factorDoubt } = factorOf(day.kinds);
      return { mean: mean * factor * level, doubt: doubt + factorDoubt, method };
    },
  };
}
