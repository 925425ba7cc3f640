import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Category } from './category.ts';
import { type ItemFact, Tone } from './item-fact.ts';
import { addTally, buildRollupChange, type DayTally, dayKeyText, emptyTally } from './rollup.ts';
import { noneValue, TrendDimension, TrendFilter, weekdayOf } from './trend.ts';
import { type Count, type CountBy, countCells, countDays, keysOf, planDays } from './trend-counts.ts';

const units = ['logistics', 'library'];
const channels = ['weibo', 'wechat'];
const days = ['2026-03-01', '2026-03-02', '2026-03-09'];

const item: fc.Arbitrary<ItemFact> = fc.record({
  postId: fc.uuid(),
  hour: fc
    .tuple(fc.constantFrom(...days), fc.integer({ min: 0, max: 23 }))
    .map(([day, hour]) => `${day}T${String(hour).padStart(2, '0')}`),
  channelId: fc.constantFrom(...channels),
  kind: fc.constantFrom('comment', 'lead'),
  accessClass: fc.constant('open'),
  unitId: fc.constantFrom(...units, null),
  categories: fc
    .subarray(['fraud', 'advert'])
    .map((found) => Category.options.filter((one) => found.includes(one))),
  service: fc.option(
    fc.record({ kind: fc.constantFrom('complaint', 'praise'), topic: fc.constantFrom('canteen', 'fees') }),
  ),
  tone: fc.constantFrom(...Tone.options),
  level: fc.constantFrom('low', 'watch', 'unjudged'),
} as const) as fc.Arbitrary<ItemFact>;

const some = <T>(values: readonly T[]) =>
  fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined, freq: 1 });
const filters = fc
  .record({
    channels: some(channels),
    units: some([...units, noneValue]),
    topics: some(['canteen', 'fees', noneValue]),
    categories: some(['fraud', 'advert']),
    levels: some(['low', 'watch']),
    tones: some(['negative', 'neutral']),
    kinds: some(['comment']),
    serviceKinds: some(['praise', noneValue]),
    hours: some([3, 9, 10, 11, 12]),
    weekdays: some([1, 7]),
  })
  .chain((all) =>
    fc.subarray(Object.keys(all)).map((kept) => TrendFilter.parse(pick(all, kept.slice(0, 2)))),
  );
const pick = (all: object, names: string[]) =>
  Object.fromEntries(
    Object.entries(all).filter(([name, values]) => names.includes(name) && values !== undefined),
  );

const questions = fc.record({
  dimensions: fc.subarray([...TrendDimension.options], { maxLength: 2 }),
  time: fc.constantFrom('hour' as const, 'day' as const, 'none' as const),
});

/** Item by item, in the plainest way. */
function recount(items: readonly ItemFact[], filter: TrendFilter, { dimensions, time }: CountBy): Count[] {
  const said = (fact: ItemFact): Record<TrendDimension, string[]> => ({
    ...{ channel: [fact.channelId], unit: [fact.unitId ?? '-'], topic: [fact.service?.topic ?? '-'] },
    ...{ 'service-kind': [fact.service?.kind ?? '-'], category: fact.categories, level: [fact.level] },
    ...{ tone: [fact.tone], kind: [fact.kind] },
  });
  const asked: [TrendDimension, readonly string[] | undefined][] = [
    ...[
      ['channel', filter.channels] as const,
      ['unit', filter.units] as const,
      ['topic', filter.topics] as const,
    ],
    ...[['category', filter.categories] as const, ['level', filter.levels] as const],
    ...[['tone', filter.tones] as const, ['kind', filter.kinds] as const],
    ['service-kind', filter.serviceKinds],
  ].map(([name, values]) => [name as TrendDimension, values as readonly string[] | undefined]);
  const sums = new Map<string, number>();
  for (const fact of items) {
    const values = said(fact);
    const fits = asked.every(
      ([name, wanted]) => wanted === undefined || values[name].some((one) => wanted.includes(one)),
    );
    const hour = Number(fact.hour.slice(11));
    const inTime =
      (filter.hours?.includes(hour) ?? true) &&
      (filter.weekdays?.includes(weekdayOf(fact.hour.slice(0, 10))) ?? true);
    if (!fits || !inTime) continue;
    const [first = null, second = null] = dimensions;
    const of = (name: TrendDimension | null) =>
      name === null
        ? [null]
        : values[name].filter(
            (one) =>
              name !== 'category' || (filter.categories as string[] | undefined)?.includes(one) !== false,
          );
    for (const a of of(first)) {
      for (const b of of(second)) {
        const at = time === 'hour' ? fact.hour : time === 'day' ? fact.hour.slice(0, 10) : '';
        const key = JSON.stringify([at, [a, b].filter((one) => one !== null)]);
        sums.set(key, (sums.get(key) ?? 0) + 1);
      }
    }
  }
  return [...sums].map(([key, count]) => {
    const [at, values] = JSON.parse(key);
    return { at, values, count };
  });
}

const sorted = (counts: readonly Count[]) =>
  counts.map((one) => JSON.stringify([one.at, one.values, one.count])).sort();

function rollUp(items: readonly ItemFact[]) {
  const change = buildRollupChange(
    items.map((fact) => ({ before: null, after: { kind: 'item', fact } as const })),
  );
  const tallies = new Map<string, DayTally>();
  for (const { plus, minus: _, ...key } of change.days) {
    const known = tallies.get(dayKeyText(key)) ?? { ...key, tally: emptyTally() };
    addTally(known.tally, plus);
    tallies.set(dayKeyText(key), known);
  }
  return { cells: change.cells, days: [...tallies.values()] };
}

const passesCell = (fact: ItemFact, filter: TrendFilter) =>
  recount([fact], { ...filter, weekdays: undefined }, { dimensions: [], time: 'none' }).length > 0;

describe('figures are those of a recount, item by item', () => {
  test('from cells', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), filters, questions, (items, filter, by) => {
        const { cells } = rollUp(items.filter((fact) => passesCell(fact, filter)));
        expect(sorted(countCells(cells, { filter, by }))).toEqual(sorted(recount(items, filter, by)));
      }),
      { numRuns: 300 },
    );
  });

  test('from days, wherever they can tell', () => {
    let told = 0;
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), filters, questions, (items, filter, by) => {
        const plan = planDays(filter, by);
        if (plan === null) return;
        told += 1;
        const keys = keysOf(filter, plan.family);
        const found = rollUp(items).days.filter(
          ({ family, key }) => family === plan.family && keys?.includes(key) !== false,
        );
        expect(sorted(countDays(found, plan, { filter, by }))).toEqual(sorted(recount(items, filter, by)));
      }),
      { numRuns: 1000 },
    );
    expect(told).toBeGreaterThan(100);
  });
});

test('what is asked most often is told by days of a fixed size', () => {
  const by = (...dimensions: TrendDimension[]): CountBy => ({ dimensions, time: 'day' });
  for (const dimension of TrendDimension.options)
    expect(planDays({}, by(dimension)), dimension).not.toBeNull();
  expect(planDays({}, { dimensions: [], time: 'hour' })).not.toBeNull();
  expect(planDays({}, by('unit', 'topic'))).not.toBeNull();
  expect(planDays({}, by('channel', 'level'))).not.toBeNull();
  expect(planDays({ categories: ['fraud'] }, by('channel'))).not.toBeNull();
  expect(planDays({ topics: ['canteen'] }, by('tone'))).not.toBeNull();
  expect(planDays({ units: ['-'] }, by('service-kind'))).not.toBeNull();
  // Of two categories together only the cube can tell.
  expect(planDays({ categories: ['fraud', 'advert'] }, by())).toBeNull();
  expect(planDays({ tones: ['negative'] }, by('level'))).toBeNull();
});
