import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Category } from './category.ts';
import { buildCubeChanges, changeCube } from './cube-change.ts';
import { type DayCube, type Plane, parseCube } from './item-cube.ts';
import { type ItemFact, Tone } from './item-fact.ts';
import { noneValue, TrendDimension, TrendFilter, weekdayOf } from './trend.ts';
import { type Count, type CountBy, countCubes, planCube } from './trend-counts.ts';

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

function cubesOf(items: readonly ItemFact[], plane: Plane): DayCube[] {
  const changes = buildCubeChanges(items.map((fact) => ({ fact, sign: 1 })));
  return changes.flatMap((change) => {
    const bytes = change.plane === plane ? changeCube(null, change) : null;
    return bytes === null ? [] : [{ ...change, cube: parseCube(bytes) }];
  });
}

test('figures are those of a recount, item by item, from whichever plane tells them', () => {
  const told = new Set<Plane>();
  fc.assert(
    fc.property(fc.array(item, { maxLength: 40 }), filters, questions, (items, filter, by) => {
      const expected = sorted(recount(items, filter, by));
      const { plane } = planCube({ filter, by });
      told.add(plane);
      expect(sorted(countCubes(cubesOf(items, plane), { filter, by }))).toEqual(expected);
      expect(sorted(countCubes(cubesOf(items, 'whole'), { filter, by }))).toEqual(expected);
    }),
    { numRuns: 250 },
  );
  expect(told.size).toBeGreaterThan(12);
});

test('figures without some categories are those of the items that have none of them', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 40 }), questions, (items, by) => {
      const question = { filter: {}, by, without: ['advert'] } as const;
      const rest = items.filter(({ categories }) => !categories.includes('advert'));
      const found = countCubes(cubesOf(items, planCube(question).plane), question);
      expect(sorted(found)).toEqual(sorted(recount(rest, {}, by)));
    }),
    { numRuns: 100 },
  );
});

test('what is asked most often is told by a small plane, and hours only by one that has them', () => {
  const plan = (filter: TrendFilter, dimensions: TrendDimension[], time: CountBy['time'] = 'day') =>
    planCube({ filter, by: { dimensions, time } });
  expect(plan({}, [])).toEqual({ plane: 'hours', hours: false });
  expect(plan({ kinds: ['comment'] }, [], 'hour')).toEqual({ plane: 'hours', hours: true });
  expect(plan({ hours: [9] }, ['channel'])).toEqual({ plane: 'channel-hours', hours: true });
  expect(plan({}, ['unit', 'topic']).plane).toBe('unit-service-level');
  expect(plan({ topics: ['canteen'], tones: ['negative'] }, ['channel']).plane).toBe('channel-service-tone');
  expect(plan({ channels: ['weibo'], tones: ['negative'] }, ['level'], 'hour')).toEqual({
    ...{ plane: 'whole', hours: true },
  });
  const dimensions = TrendDimension.options.filter((one) => one !== 'kind');
  for (const a of dimensions) {
    for (const b of dimensions) {
      for (const c of dimensions) {
        const asked = [...new Set([a, b, c])];
        const { plane } = plan({}, asked);
        // Tone by unit is refused (R7): no plane is kept for it.
        const isRefused = asked.includes('tone') && asked.includes('unit');
        expect([asked, plane === 'whole']).toEqual([asked, isRefused]);
      }
    }
  }
});
