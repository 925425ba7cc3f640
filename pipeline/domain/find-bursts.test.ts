import { expect, it } from 'vitest';
import { priorFactors } from './burst-baseline.ts';
import { learnFactors } from './calendar-factor.ts';
import { type DayKind, readSchoolDay, type SchoolDay } from './school-period.ts';
import { dayAfter } from './time.ts';
import { watchSeries } from './watch-series.ts';

const work = {
  isWorkingDay: (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()),
};
const dayCount = 60;
const daysOf = (kindOf: (at: number) => DayKind | null): SchoolDay[] =>
  Array.from({ length: dayCount }, (_, at) => ({
    ...readSchoolDay(dayAfter('2026-03-02', at), { periods: [] }, work),
    kinds: [kindOf(at)].flatMap((kind) => kind ?? []),
  }));
const plain = daysOf(() => null);
/** Two items in every hour of daylight, the same on all days. */
const usual = (): number[] =>
  Array.from({ length: dayCount * 24 }, (_, hour) => (hour % 24 >= 8 && hour % 24 < 23 ? 2 : 0));
const noon = 56 * 24 + 12;
const add = (counts: number[], at: number, wave: readonly number[]) => {
  for (const [index, more] of wave.entries()) counts[at + index] = (counts[at + index] ?? 0) + more;
  return counts;
};
const watch = (counts: number[], days: SchoolDay[] = plain, more: object = {}) =>
  watchSeries({
    ...{ series: { topic: null, days, counts }, start: 54 * 24, end: dayCount * 24 },
    ...{ factorOf: priorFactors(null), past: [], ...more },
  });

it('finds nothing where all is as ever', () => {
  expect(watch(usual())).toEqual([]);
});

it('tells a wave in its first hours, as one, with when it began, stood highest and ended', () => {
  const [burst, ...others] = watch(add(usual(), noon, [20, 35, 22, 9, 6]));
  expect(others).toEqual([]);
  expect(burst).toMatchObject({
    from: noon,
    noticed: noon,
    peak: noon + 1,
    peakCount: 37,
    method: 'hour-of-week',
  });
  expect(burst?.last).toBeGreaterThanOrEqual(noon + 4);
  expect(burst?.last).toBeLessThan(noon + 8);
  expect(burst?.observed).toBeGreaterThan(5 * (burst?.expected ?? 0));
});

it('goes on over a night, and says a second wave a week later apart', () => {
  const twice = add(add(usual(), noon, [30, 30, 10]), noon + 20, [25, 20]);
  expect(watch(twice)).toHaveLength(1);
  expect(watch(add(add(usual(), noon - 48, [30, 30]), noon + 36, [30, 30]))).toHaveLength(2);
});

it('adds up to a day what no hour tells', () => {
  const slow = add(usual(), noon, new Array(11).fill(7));
  const [burst] = watch(slow);
  expect(burst).toBeDefined();
  expect(burst?.noticed).toBeGreaterThan(noon);
});

it('says nothing of an hour with a gap in it, and takes no gap for a quiet hour', () => {
  const counts = add(usual(), noon, [40, Number.NaN, 0]);
  counts[noon] = Number.NaN;
  expect(watch(counts)).toEqual([]);
  const holes = usual();
  holes.fill(Number.NaN, 20 * 24, 50 * 24);
  expect(watch(holes)).toEqual([]);
});

it('a period that begins is no wave by itself; a wave inside of it is one', () => {
  const opening = daysOf((at) => (at >= 55 ? 'opening' : null));
  const busier = usual().map((count, hour) => (hour >= 55 * 24 ? count * 2.5 : count));
  expect(watch(busier, opening)).toEqual([]);
  expect(watch(add([...busier], noon, [40, 60, 30]), opening)).toHaveLength(1);
});

it('learns from earlier days of a kind how much more is usual then', () => {
  const openings = daysOf((at) => ((at >= 20 && at < 28) || at >= 55 ? 'opening' : null));
  const days = openings.slice(0, 54).map((day) => ({ day, count: day.kinds.length > 0 ? 150 : 30 }));
  const learned = learnFactors(days, null)(['opening']);
  expect(learned.factor).toBeGreaterThan(3.5);
  expect(learned.doubt).toBeLessThan(priorFactors(null)(['opening']).doubt);
  expect(learnFactors([], null)(['opening'])).toEqual(priorFactors(null)(['opening']));
});

it('a new channel is judged by the prior: a handful is nothing, a crowd is', () => {
  const fresh = plain.map(() => 0).flatMap(() => new Array<number>(24).fill(Number.NaN));
  fresh.fill(0, 54 * 24);
  expect(watch(add([...fresh], noon, [3, 2, 1]))).toEqual([]);
  const [burst] = watch(add([...fresh], noon, [15, 25, 10]));
  expect(burst?.method).toBe('prior');
});

it('leaves known waves out of what is usual afterwards', () => {
  const before = add(usual(), noon - 7 * 24, new Array(48).fill(40));
  const wave = add(before, noon, [14, 18, 12]);
  const past = [{ from: noon - 7 * 24, last: noon - 7 * 24 + 48 }];
  expect(watch(wave, plain, { past }).length).toBeGreaterThan(0);
});
