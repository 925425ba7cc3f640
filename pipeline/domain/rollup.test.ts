import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CaseFact, HandoverFact } from './case-fact.ts';
import type { ItemFact } from './item-fact.ts';
import {
  addTally,
  buildRollupChange,
  changeTally,
  emptyTally,
  type FactChange,
  isEmptyTally,
  serviceIndex,
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
  buildRollupChange(changes).days.map(
    ({ day, family, key, speaker }) => `${day} ${family}=${key} ${speaker}`,
  );

it('puts an item on its Shanghai day in every family', () => {
  const { cells, days } = buildRollupChange([came({ kind: 'item', fact: item })]);
  const { postId: _, ...key } = item;
  expect(cells).toEqual([{ ...key, count: 1 }]);
  expect(daysOf([came({ kind: 'item', fact: item })])).toEqual([
    '2026-03-05 channel=weibo public',
    '2026-03-05 unit=logistics public',
    '2026-03-05 topic=canteen public',
    '2026-03-05 category= public',
  ]);
  expect(days[0]?.plus).toMatchObject({ items: 1, opened: 0 });
  expect(days[0]?.plus.hours[23]).toBe(1);
  expect(days[0]?.plus.services[serviceIndex({ kind: 'complaint', topic: 'canteen' })]).toBe(1);
});

it('takes an item out of where it was, and counts nothing for one that is as it was', () => {
  const before = { kind: 'item', fact: item } as const;
  const after = { kind: 'item', fact: { ...item, tone: 'positive' } } as const;
  expect(buildRollupChange([{ before, after }]).cells.map(({ tone, count }) => [tone, count])).toEqual([
    ['negative', -1],
    ['positive', 1],
  ]);
  expect(buildRollupChange([{ before, after: before }])).toEqual({ cells: [], days: [] });
  const moved = [
    { before, after },
    { before: after, after: before },
  ];
  expect(buildRollupChange(moved).cells).toEqual([]);
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
      const take = (changes: FactChange[]) => {
        for (const day of buildRollupChange(changes).days)
          if (day.family === 'channel') changeTally(tally, day);
      };
      take(came.slice(0, at).map((after) => ({ before: null, after })));
      take(came.slice(at).map((after) => ({ before: null, after })));
      expect(isEmptyTally(tally)).toBe(came.length === 0);
      take([...came].reverse().map((before) => ({ before, after: null })));
      expect(isEmptyTally(tally)).toBe(true);
    }),
    { numRuns: 25 },
  );
});

it('says so when minutes are to be taken out that were never put in', () => {
  const minus = { ...emptyTally(), decidedMinutes: [7] };
  expect(() => changeTally(emptyTally(), { plus: emptyTally(), minus })).toThrow('decidedMinutes has no 7');
});

it('adds days up, also those that were stored when there were fewer categories', () => {
  const short = { ...emptyTally(), items: 2, categories: [1], decidedMinutes: [3] };
  const long = { ...emptyTally(), items: 1, categories: [1, 4], decidedMinutes: [1] };
  const sum = sumTallies([short, long]);
  expect(sum).toMatchObject({ items: 3, decidedMinutes: [3, 1] });
  expect(sum.categories.slice(0, 3)).toEqual([2, 4, 0]);
  expect(short.categories).toEqual([1]);
  expect(addTally(emptyTally(), short).categories[0]).toBe(1);
});
