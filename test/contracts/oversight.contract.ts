import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditLog } from '../../pipeline/ports/audit-log.ts';
import type { CaseStore } from '../../pipeline/ports/case-store.ts';
import type { AuditQuery, Oversight, ReadQuery } from '../../pipeline/ports/oversight.ts';
import type { PostStore } from '../../pipeline/ports/post-store.ts';
import type { ReadLog, ReadRecord } from '../../pipeline/ports/read-log.ts';
import { buildDecisionCommand, reviewer } from '../builders/case.ts';
import { buildGathered, buildQueuedVerdict } from '../builders/post.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedOversight {
  oversight: Oversight;
  reads: ReadLog;
  audit: AuditLog;
  posts: PostStore;
  cases: CaseStore;
  close(): Promise<void>;
}

const hourMs = 3_600_000;

export function oversightContract(open: (clock: FakeClock) => Promise<OpenedOversight>): void {
  let opened: OpenedOversight;
  let clock: FakeClock;
  beforeEach(async () => {
    clock = new FakeClock('2026-11-20T01:00:00.000Z');
    opened = await open(clock);
  });
  afterEach(() => opened.close());

  const read = async (actorId: string, more: Partial<ReadRecord> = {}): Promise<ReadRecord> => {
    const record: ReadRecord = {
      ...{ id: clock.newId(), at: clock.now(), actorId, caseId: 'case-1', textVersion: 1 },
      ...{ postId: 'weibo:comment:1', purpose: '处理线索' },
      ...more,
    };
    await opened.reads.record(record);
    return record;
  };
  const act = (actorId: string, action = 'case.decided', payload: Record<string, unknown> = {}) =>
    opened.audit.append({
      ...{ id: clock.newId(), log: 'audit', at: clock.now(), actorId, action, subject: 'x', payload },
    });
  const list = async (query: Partial<ReadQuery>) =>
    (await opened.oversight.listReads({ cursor: null, limit: 50, ...query })).items;

  describe('readings', () => {
    it('are found by person, time and part of the purpose, newest first', async () => {
      const first = await read('user-1', { purpose: '核对“转办”材料.*' });
      clock.advance(hourMs);
      const second = await read('user-2');
      clock.advance(hourMs);
      const third = await read('user-1');
      expect(await list({})).toEqual([third, second, first]);
      expect(await list({ actorId: 'user-1' })).toEqual([third, first]);
      expect(await list({ from: second.at, until: third.at })).toEqual([second]);
      expect(await list({ purpose: '“转办”材料.*' })).toEqual([first]);
      expect(await list({ purpose: '材料.材' })).toEqual([]);
      expect(await list({ actorId: 'user-2', purpose: '处理' })).toEqual([second]);
      expect(await list({ actorId: 'nobody' })).toEqual([]);
    });

    it('come page by page, also within one instant and under a filter', async () => {
      const recorded: ReadRecord[] = [];
      for (let i = 0; i < 7; i++) recorded.push(await read('user-1', { textVersion: i + 1 }));
      await read('user-2');
      const first = await opened.oversight.listReads({ actorId: 'user-1', cursor: null, limit: 4 });
      const { nextCursor: cursor } = first;
      const second = await opened.oversight.listReads({ actorId: 'user-1', cursor, limit: 4 });
      expect([...first.items, ...second.items]).toEqual(recorded.reverse());
      expect(second.nextCursor).toBeNull();
    });

    it('are counted by person beside what the person did, each text once', async () => {
      const from = clock.now();
      for (const postId of ['a:comment:1', 'a:comment:2', 'a:comment:2']) await read('user-1', { postId });
      await read('user-2');
      await act('user-2');
      await act('user-3');
      clock.advance(hourMs);
      await read('user-2');
      expect(await opened.oversight.countReading(from, clock.now())).toEqual([
        { actorId: 'user-1', reads: 3, texts: 2, actions: 0 },
        { actorId: 'user-2', reads: 1, texts: 1, actions: 1 },
      ]);
      expect(await opened.oversight.countReading('2026-11-19T00:00:00.000Z', from)).toEqual([]);
    });
  });

  describe('the audit log', () => {
    const listAudit = async (query: Partial<AuditQuery>) =>
      (await opened.oversight.listAudit({ cursor: null, limit: 50, ...query })).items;
    const actionsOf = async (query: Partial<AuditQuery>) =>
      (await listAudit(query)).map(({ action }) => action);

    it('is found by person, time, family and subject, newest first, without the readings', async () => {
      await act('user-1', 'case.decided', { reason: 'canary' });
      await read('user-1');
      clock.advance(hourMs);
      const noon = clock.now();
      await act('user-2', 'case-note.added');
      clock.advance(hourMs);
      await act('user-1', 'user.changed');
      expect(await actionsOf({})).toEqual(['user.changed', 'case-note.added', 'case.decided']);
      expect(await actionsOf({ actorId: 'user-1' })).toEqual(['user.changed', 'case.decided']);
      expect(await actionsOf({ from: noon, until: clock.now() })).toEqual(['case-note.added']);
      expect(await actionsOf({ family: 'case' })).toEqual(['case.decided']);
      expect(await actionsOf({ family: 'user', subject: 'x' })).toEqual(['user.changed']);
      expect(await actionsOf({ subject: 'nothing' })).toEqual([]);
      const [newest] = await listAudit({});
      expect(newest).toMatchObject({ actorId: 'user-1', subject: 'x', linked: false, erased: false });
      expect(newest?.chain).toBe('audit/audit/2026-11');
      expect(JSON.stringify(await listAudit({}))).not.toContain('canary');
    });

    it('says what is linked, and comes page by page within one instant', async () => {
      for (let i = 0; i < 5; i += 1) await act('user-1');
      await opened.audit.linkPending(1, 3);
      const first = await opened.oversight.listAudit({ cursor: null, limit: 3 });
      const rest = await opened.oversight.listAudit({ cursor: first.nextCursor, limit: 3 });
      const all = [...first.items, ...rest.items];
      expect(all.map(({ linked }) => linked)).toEqual([false, false, true, true, true]);
      expect(new Set(all.map(({ id }) => id)).size).toBe(5);
      expect(rest.nextCursor).toBeNull();
    });
  });

  it('finds what was last written under an action', async () => {
    expect(await opened.oversight.findLastFact('audit.verified')).toBeNull();
    await act('user-1', 'audit.verified', { breaks: 1 });
    clock.advance(1);
    await act('user-2', 'audit.verified', { breaks: 0 });
    await act('user-2', 'case.decided');
    expect(await opened.oversight.findLastFact('audit.verified')).toEqual({
      ...{ at: clock.now(), actorId: 'user-2', payload: { breaks: 0 } },
    });
  });

  describe('the figures of a year', () => {
    const file = async (externalId: string, publishedAt: string) => {
      const post = buildGathered({ externalId, kind: 'comment', title: '', publishedAt });
      await opened.posts.storePosts([{ post, snapshotHash: null }], clock.now());
      const [caseId = ''] = await opened.posts.storeJudgements(
        [
          {
            ...{ postId: `main-site:comment:${externalId}`, textVersion: 1, tokens: [] },
            ...{ verdict: buildQueuedVerdict(), caseId: clock.newId() },
          },
        ],
        clock.now(),
      );
      return caseId;
    };
    const decide = (caseId: string, kind: 'answer' | 'no-action', reason: 'service-need' | 'opinion-only') =>
      opened.cases.recordDecision(
        buildDecisionCommand({ commandId: clock.newId(), caseId, kind, reason }),
        reviewer,
        clock.now(),
      );

    it('are recomputed from posts and decisions, on a Shanghai calendar', async () => {
      const [one, two, three] = [
        await file('1', '2026-11-19T00:00:00.000Z'),
        await file('2', '2026-11-19T00:00:00.000Z'),
        await file('3', '2025-12-31T16:30:00.000Z'),
      ];
      await file('4', '2025-12-31T15:30:00.000Z');
      clock.advance(2 * hourMs);
      await decide(one, 'answer', 'service-need');
      await decide(three, 'no-action', 'opinion-only');
      clock.advance(2 * hourMs);
      await decide(two, 'answer', 'service-need');
      expect(await opened.oversight.countYear(2026)).toEqual({
        ...{ items: { article: 0, status: 0, comment: 3, lead: 0 }, cases: 4, answered: 2, medianHours: 3 },
      });
      expect(await opened.oversight.countYear(2025)).toEqual({
        ...{
          items: { article: 0, status: 0, comment: 1, lead: 0 },
          cases: 0,
          answered: 0,
          medianHours: null,
        },
      });
    });
  });
}
