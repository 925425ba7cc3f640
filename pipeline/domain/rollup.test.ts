import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CaseFact, HandoverFact } from './case-fact.ts';
import { changeCube } from './cube-change.ts';
import { type CubeBytes, cubeKeyText, listCells, parseCube, planeNames } from './item-cube.ts';
import type { ItemFact } from './item-fact.ts';
import {
  addTally,
  buildRollupChange,
  changeTally,
  emptyTally,
  type FactChange,
  isEmptyTally,
  sumTallies,
} from './rollup.ts';

const item: ItemFact = {
  ...{ postId: 'p', hour: '2026-03-05T23', channelId: 'weibo', kind: 'comment', accessClass: 'open' },
  ...{ unitId: 'logistics', categories: [], service: { kind: 'complaint', topic: 'canteen' } },
  ...{ tone: 'negative', level: 'low' },
};
const one: CaseFact = {
  // Half past midnight of the next day in Shanghai.
  ...{ caseId: 'c', openedAt: '2026-03-05T16:30:00.000Z', channelId: 'weibo', accessClass: 'open' },
  ...{ unitId: null, categories: ['fraud', 'leak'], service: null, level: 'watch', lifeSafety: false },
  ...{ state: 'decided', decidedAt: '2026-03-05T17:15:29.000Z', decision: 'answer', reason: 'needs-facts' },
  ...{ replySeenAt: null, posts: 1 },
};
const slip: HandoverFact = {
  ...{ handoverId: 'h', number: '转〔2026〕0001号', caseId: 'c', channelId: 'weibo', accessClass: 'open' },
  ...{ unitId: 'logistics', executorUnitId: 'library', urgency: 'normal', service: null, state: 'answered' },
  ...{ sentAt: '2026-03-05T01:00:00.000Z', receivedAt: '2026-03-05T03:00:00.000Z' },
  ...{ answeredAt: '2026-03-06T01:00:00.000Z', closedAt: null, dueAt: '2026-03-06T00:00:00.000Z' },
};
const came = (after: NonNullable<FactChange['after']>): FactChange => ({ before: null, after });
const daysOf = (changes: FactChange[]) =>
  buildRollupChange(changes).days.map(({ day, family, key }) => `${day} ${family}=${key}`);

const wholeOf = (changes: FactChange[]) =>
  buildRollupChange(changes).cubes.filter(({ plane }) => plane === 'whole');

it('puts an item into the cube of its Shanghai day, as each plane tells it', () => {
  const { cubes, days } = buildRollupChange([came({ kind: 'item', fact: item })]);
  expect(days).toEqual([]);
  expect(cubes.map(({ plane }) => plane)).toEqual(planeNames);
  expect(new Set(cubes.map(({ day, speaker }) => `${day} ${speaker}`))).toEqual(
    new Set(['2026-03-05 public']),
  );
  const whole = cubes.at(-1);
  const bytes = whole === undefined ? null : changeCube(null, whole);
  const { postId: _, ...key } = item;
  expect(whole && bytes && listCells({ ...whole, cube: parseCube(bytes) })).toEqual([{ ...key, count: 1 }]);
});

it('takes an item out of where it was, and counts nothing for one that is as it was', () => {
  const before = { kind: 'item', fact: item } as const;
  const after = { kind: 'item', fact: { ...item, tone: 'positive' } } as const;
  expect(wholeOf([{ before, after }]).map(({ cells }) => cells.map(({ count }) => count))).toEqual([[-1, 1]]);
  // Planes that do not tell the tone stay as they are.
  const touched = buildRollupChange([{ before, after }]).cubes.map(({ plane }) => plane);
  expect(touched.every((plane) => plane === 'whole' || plane.includes('tone'))).toBe(true);
  expect(buildRollupChange([{ before, after: before }])).toEqual({ cubes: [], days: [] });
  const moved = [
    { before, after },
    { before: after, after: before },
  ];
  expect(buildRollupChange(moved).cubes).toEqual([]);
});

it('says so when items are to be taken out of a cube that were never put in', () => {
  const [gone] = wholeOf([{ before: { kind: 'item', fact: item }, after: null }]);
  const [other] = wholeOf([came({ kind: 'item', fact: { ...item, hour: '2026-03-05T22' } })]);
  expect(() => gone && changeCube(null, gone)).toThrow('to take out');
  expect(() => gone && other && changeCube(changeCube(null, other), gone)).toThrow('to take out');
});

it('keeps counts, names and days of any size', () => {
  const channelId = '新媒体'.repeat(40);
  const [one] = wholeOf([came({ kind: 'item', fact: { ...item, channelId } })]);
  if (one === undefined) throw new Error('there is no change');
  const counts = [1, 127, 128, 70_000, 20_000_000];
  const cell = { code: 0, mask: 0, unit: '', hour: 0, channel: '', ...one.cells[0] };
  const cells = counts.map((count, hour) => ({ ...cell, hour, count }));
  const bytes = changeCube(null, { ...one, cells });
  if (bytes === null) throw new Error('there is no cube');
  const found = listCells({ ...one, cube: parseCube(bytes) });
  expect(found.map(({ count }) => count)).toEqual(counts);
  expect(found[0]?.channelId).toBe(channelId);
  expect(() => parseCube({ ...bytes, cells: bytes.cells.slice(0, -1) })).toThrow('length');
});

it('counts a case when it was opened and decided, on days of Shanghai, under each of its categories', () => {
  const { days } = buildRollupChange([came({ kind: 'case', fact: one })]);
  expect(days.map(({ day, key }) => `${day} ${key}`)).toEqual([
    ...['2026-03-06 weibo', '2026-03-06 ', '2026-03-06 ', '2026-03-06 fraud', '2026-03-06 leak'],
  ]);
  expect(days[0]?.plus).toMatchObject({ opened: 1, decided: 1, decidedMinutes: [45] });
});

it('counts a slip when it was sent, received and answered, for the unit that answers for it', () => {
  const { days } = buildRollupChange([came({ kind: 'handover', fact: slip })]);
  const ofUnit = days.filter(({ family }) => family === 'unit');
  expect(ofUnit.map(({ day, key }) => `${day} ${key}`)).toEqual([
    '2026-03-05 logistics',
    '2026-03-06 logistics',
  ]);
  expect(ofUnit[0]?.plus).toMatchObject({ sent: 1, receivedMinutes: [120], answered: 0 });
  expect(ofUnit[1]?.plus).toMatchObject({ sent: 0, answered: 1, answeredLate: 1, answeredMinutes: [1440] });
  expect(daysOf([came({ kind: 'handover', fact: { ...slip, state: 'withdrawn' } })])).toEqual([]);
});

it('comes to nothing when all that was counted goes, in whatever order and batches', () => {
  const facts = fc.constantFrom<NonNullable<FactChange['after']>>(
    { kind: 'item', fact: item },
    { kind: 'item', fact: { ...item, hour: '2026-03-05T01', categories: ['fraud'], service: null } },
    { kind: 'case', fact: one },
    { kind: 'handover', fact: slip },
  );
  const all = fc.array(facts, { maxLength: 12 });
  const split = fc.nat(12);
  fc.assert(
    fc.property(all, split, (came, at) => {
      const tally = emptyTally();
      const cubes = new Map<string, CubeBytes | null>();
      const take = (changes: FactChange[]) => {
        const { days, cubes: changed } = buildRollupChange(changes);
        for (const day of days) if (day.family === 'channel') changeTally(tally, day);
        for (const change of changed) {
          const key = cubeKeyText(change);
          cubes.set(key, changeCube(cubes.get(key) ?? null, change));
        }
      };
      const isEmpty = () => isEmptyTally(tally) && [...cubes.values()].every((cube) => cube === null);
      take(came.slice(0, at).map((after) => ({ before: null, after })));
      take(came.slice(at).map((after) => ({ before: null, after })));
      expect(isEmpty()).toBe(came.length === 0);
      take([...came].reverse().map((before) => ({ before, after: null })));
      expect(isEmpty()).toBe(true);
    }),
    { numRuns: 25 },
  );
});

it('says so when minutes are to be taken out that were never put in', () => {
  const minus = { ...emptyTally(), decidedMinutes: [7] };
  expect(() => changeTally(emptyTally(), { plus: emptyTally(), minus })).toThrow('decidedMinutes has no 7');
});

it('adds days up', () => {
  const one = { ...emptyTally(), opened: 2, decidedMinutes: [3] };
  const other = { ...emptyTally(), opened: 1, decidedMinutes: [1] };
  expect(sumTallies([one, other])).toMatchObject({ opened: 3, decidedMinutes: [3, 1] });
  expect(one.decidedMinutes).toEqual([3]);
  expect(addTally(emptyTally(), one).opened).toBe(2);
});
