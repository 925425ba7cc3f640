import { expect, it } from 'vitest';
import { buildCase } from '../../test/builders/case.ts';
import { buildCaseFact, buildHandoverFact, type HandoverFact, isLate, isOpenAt } from './case-fact.ts';
import { buildHandover, usualOrder } from './handover.ts';

const [openedAt, sentAt, dueAt, later] = [
  ...['2026-03-02T00:00:00.000Z', '2026-03-02T01:00:00.000Z', '2026-03-05T10:00:00.000Z'],
  '2026-03-09T00:00:00.000Z',
] as const;
const decided = { decision: 'answer', reason: 'needs-facts', directoryUnitId: 'logistics' } as const;

it('knows a case without a word of it', () => {
  const one = buildCase({
    id: 'c',
    openedAt,
    state: 'decided',
    decidedAt: sentAt,
    categories: ['fraud', 'leak'],
  });
  expect(buildCaseFact(one, decided)).toEqual({
    ...{ caseId: 'c', openedAt, channelId: 'main-site', accessClass: 'open', unitId: 'logistics' },
    ...{ categories: ['leak', 'fraud'], service: null, level: 'watch', lifeSafety: false, state: 'decided' },
    ...{ decidedAt: sentAt, decision: 'answer', reason: 'needs-facts', replySeenAt: null, posts: 1 },
  });
  expect(buildCaseFact({ ...one, unitId: 'library' }, decided).unitId).toBe('library');
});

it('counts none as decided that still waits for somebody, as after a referral', () => {
  const one = buildCase({ id: 'c', openedAt, state: 'reopened', decidedAt: sentAt, decisionId: 'd' });
  const fact = buildCaseFact(one, { ...decided, decision: 'refer-safety', reason: 'safety-risk' });
  expect(fact).toMatchObject({ decidedAt: null, decision: null, reason: null, state: 'reopened' });
});

const current = buildCase({ id: 'c', openedAt });
const order = { ...usualOrder, plannedDueAt: dueAt };
const known = { current, ownerUnitId: 'logistics', order, id: 'h', running: 1 };
const slip = buildHandover(known, { id: 'user-reviewer', roles: ['reviewer'] }, sentAt);

it('keeps a slip out of sight that went to those on duty once', () => {
  expect(buildHandoverFact(slip, current).accessClass).toBe('open');
  expect(buildHandoverFact(slip, { ...current, accessClass: 'victim' }).accessClass).toBe('victim');
  expect(buildHandoverFact({ ...slip, originAccessClass: 'safety' }, current).accessClass).toBe('safety');
});

const fact = (more: Partial<HandoverFact> = {}): HandoverFact => ({
  ...buildHandoverFact(slip, current),
  ...more,
});
const [before, after] = ['2026-03-05T09:00:00.000Z', '2026-03-05T11:00:00.000Z'];

it('is late when its unit had not answered by the due time; what was taken back never is', () => {
  expect(isLate(fact(), before)).toBe(false);
  expect(isLate(fact(), dueAt)).toBe(false);
  expect(isLate(fact(), after)).toBe(true);
  expect(isLate(fact({ state: 'answered', answeredAt: before }), later)).toBe(false);
  expect(isLate(fact({ state: 'closed', answeredAt: after, closedAt: later }), later)).toBe(true);
  expect(isLate(fact({ state: 'withdrawn', closedAt: later }), later)).toBe(false);
  expect(isLate(fact({ state: 'returned' }), later)).toBe(false);
});

it('waits for its unit from when it was sent until it was answered', () => {
  expect(isOpenAt(fact(), openedAt)).toBe(false);
  expect(isOpenAt(fact(), sentAt)).toBe(true);
  expect(isOpenAt(fact({ state: 'answered', answeredAt: after }), before)).toBe(true);
  expect(isOpenAt(fact({ state: 'answered', answeredAt: after }), later)).toBe(false);
  expect(isOpenAt(fact({ state: 'returned' }), after)).toBe(false);
});
