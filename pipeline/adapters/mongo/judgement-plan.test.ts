import { describe, expect, it } from 'vitest';
import { buildCase } from '../../../test/builders/case.ts';
import { buildQueuedVerdict, buildVerdict } from '../../../test/builders/post.ts';
import type { Judgement } from '../../ports/post-store.ts';
import { planJudgements, type WaitingPost } from './judgement-plan.ts';

const at = '2026-03-02T00:00:00.000Z';

function buildWaiting(id: string, overrides: Partial<WaitingPost> = {}): WaitingPost {
  return {
    _id: id,
    channelId: 'main-site',
    kind: 'comment',
    textVersion: 1,
    accessClass: 'open',
    retentionClass: 'comment',
    gatheredAt: at,
    expiresAt: '2026-05-31T00:00:00.000Z',
    sortAt: at,
    bucketHour: '2026-11-22T12',
    judgedVersion: null,
    ...overrides,
  };
}

function buildJudgement(postId: string, overrides: Partial<Judgement> = {}): Judgement {
  return {
    postId,
    textVersion: 1,
    verdict: buildQueuedVerdict(),
    tokens: [],
    caseId: `case-of-${postId}`,
    ...overrides,
  };
}

describe('planJudgements', () => {
  it('takes a judgement once, and only of the text that waits', () => {
    const plan = planJudgements(
      [
        buildJudgement('a', { textVersion: 2 }),
        buildJudgement('a', { caseId: 'first' }),
        buildJudgement('a', { caseId: 'second' }),
        buildJudgement('absent'),
      ],
      { waiting: [buildWaiting('a')], cases: [] },
      at,
    );
    expect(plan.judged).toHaveLength(1);
    expect(plan.opened.map((one) => one.id)).toEqual(['first']);
    expect(plan.openings.map((event) => event.caseId)).toEqual(['first']);
  });

  it('brings a case up to date with its own text, and gives a copy that became another text its own', () => {
    const shared = buildCase({ id: 'shared', version: 3, postIds: ['a', 'b'], textVersion: 1 });
    const plan = planJudgements(
      [buildJudgement('a', { textVersion: 2 }), buildJudgement('b', { textVersion: 3 })],
      {
        waiting: [buildWaiting('a', { textVersion: 2 }), buildWaiting('b', { textVersion: 3 })],
        cases: [shared],
      },
      at,
    );
    expect(plan.updated).toMatchObject([{ expectedVersion: 3, next: { version: 4, textVersion: 2 } }]);
    expect(plan.opened).toMatchObject([{ postIds: ['b'], previousCaseId: 'shared', textVersion: 3 }]);
  });

  it('joins near copies of one batch, one after the other, in one write', () => {
    const tokens = ['二食堂', '的', '米饭', '没', '熟'];
    const copy = { tokens, fingerprint: { exact: true, keys: [77] } };
    const plan = planJudgements(
      [buildJudgement('a', copy), buildJudgement('b', copy), buildJudgement('c', copy)],
      { waiting: ['a', 'b', 'c'].map((id) => buildWaiting(id)), cases: [] },
      at,
    );
    expect(plan.opened).toMatchObject([{ id: 'case-of-a', version: 3, postIds: ['a', 'b', 'c'] }]);
    expect(plan.updated).toEqual([]);
    expect(plan.events.map(({ kind, caseVersion, postId }) => [kind, caseVersion, postId])).toEqual([
      ['opened', 1, null],
      ['joined', 2, 'b'],
      ['joined', 3, 'c'],
    ]);
  });

  it('looks at the newest case of a post', () => {
    const newest = buildCase({ id: 'newest', postIds: ['a'], state: 'open', textVersion: 1 });
    const older = buildCase({ id: 'older', postIds: ['a'], state: 'decided', textVersion: 1 });
    const waiting = [buildWaiting('a', { textVersion: 2 })];
    const judgements = [buildJudgement('a', { textVersion: 2 })];
    expect(planJudgements(judgements, { waiting, cases: [newest, older] }, at).updated).toHaveLength(1);
    expect(planJudgements(judgements, { waiting, cases: [older, newest] }, at).opened).toHaveLength(1);
  });

  it('marks what changes its class, and leaves a decided case alone where nobody is needed', () => {
    const decided = buildCase({ id: 'decided', postIds: ['b'], state: 'decided' });
    const plan = planJudgements(
      [
        buildJudgement('a', { verdict: buildVerdict({ noise: true }) }),
        buildJudgement('b', { textVersion: 2, verdict: buildVerdict() }),
      ],
      { waiting: [buildWaiting('a'), buildWaiting('b', { textVersion: 2 })], cases: [decided] },
      at,
    );
    expect(plan.judged.map(({ reclassed }) => reclassed)).toEqual([true, false]);
    expect(plan.judged[0]?.classes).toMatchObject({ retentionClass: 'noise' });
    expect(plan).toMatchObject({ opened: [], updated: [], events: [] });
  });
});
