import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccessClass } from '../../pipeline/domain/access-class.ts';
import type { Actor } from '../../pipeline/domain/case.ts';
import type { DecisionCommand } from '../../pipeline/domain/decision.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from '../../pipeline/domain/errors.ts';
import type { NewRelease, ReleaseCommand, ReleaseFacts } from '../../pipeline/domain/help-release.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import type { CaseStore } from '../../pipeline/ports/case-store.ts';
import type { PostStore } from '../../pipeline/ports/post-store.ts';
import type { ReplyStore } from '../../pipeline/ports/reply-store.ts';
import type { RetentionStore } from '../../pipeline/ports/retention-store.ts';
import type { StockAnswerStore } from '../../pipeline/ports/stock-answer-store.ts';
import { buildDecisionCommand, director, otherReviewer, reviewer, safetyOfficer } from '../builders/case.ts';
import { buildGathered, buildQueuedVerdict } from '../builders/post.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

export interface ReplyStoreFixture {
  replies: ReplyStore;
  answers: StockAnswerStore;
  posts: PostStore;
  cases: CaseStore;
  retention: RetentionStore;
  clock: FakeClock;
  close(): Promise<void>;
}

const everything = ['open', 'victim', 'safety'] as const;
const publicity = ['open', 'victim'] as const;
const dayMs = 86_400_000;
const onDutyToo: Actor = { id: 'user-safety-2', roles: ['safety'] };
const operator: Actor = { id: 'user-operator', roles: ['operator'] };
const otherOperator: Actor = { id: 'user-operator-2', roles: ['operator'] };

export function replyStoreContract(open: () => Promise<ReplyStoreFixture>): void {
  let opened: ReplyStoreFixture;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  const now = () => opened.clock.now();
  const newId = () => opened.clock.newId();
  let filed = 0;

  const file = async (verdict: Partial<Verdict> = {}) => {
    filed += 1;
    const comment = {
      kind: 'comment' as const,
      title: '',
      text: `第${filed}条：暖气不热。`,
      channelId: 'weibo',
    };
    const post = buildGathered({ ...comment, externalId: `c${filed}` });
    await opened.posts.storePosts([{ post, snapshotHash: null }], now());
    const caseId = newId();
    const judged = { postId: `weibo:comment:c${filed}`, textVersion: 1, tokens: [], caseId };
    await opened.posts.storeJudgements([{ ...judged, verdict: buildQueuedVerdict(verdict) }], now());
    return caseId;
  };
  const decide = async (caseId: string, more: Partial<DecisionCommand>, actor = reviewer) => {
    const current = await opened.cases.findCase(caseId, { accessClasses: everything });
    const command = { commandId: newId(), caseId, version: current?.version ?? 0, ...more };
    return opened.cases.recordDecision(buildDecisionCommand(command), actor, now());
  };
  const refer = (caseId: string) => decide(caseId, { kind: 'refer-safety', reason: 'safety-risk' });
  const bringBack = (caseId: string, note: string | null = null) =>
    decide(caseId, { kind: 'return-from-safety', reason: 'misrouted', note }, safetyOfficer);

  describe('the draft of a public reply', () => {
    const writeOf = (caseId: string, more: object = {}) => ({
      ...{
        type: 'write' as const,
        commandId: newId(),
        caseId,
        version: null,
        text: '已安排维修，今晚恢复。',
      },
      ...{ stockAnswerId: null, stockAnswerVersion: null, ...more },
    });
    const sight = (accessClasses: readonly AccessClass[] = publicity) => ({ accessClasses, at: now() });
    const write = async (caseId: string, more: object = {}, actor = reviewer) =>
      (await opened.replies.changeReply(writeOf(caseId, more), actor, sight())).reply;
    const move = async (caseId: string, version: number, to: 'draft' | 'ready' | 'posted', address = '') => {
      const command = { type: 'move' as const, commandId: newId(), caseId, version, to, address };
      return (await opened.replies.changeReply(command, reviewer, sight())).reply;
    };
    const find = (caseId: string, accessClasses: readonly AccessClass[] = publicity) =>
      opened.replies.findReply(caseId, { accessClasses, now: now() });

    it('is written, made ready and marked as posted by a person, with the address they give', async () => {
      const caseId = await file();
      const first = await write(caseId, { text: '@某同学 已安排维修。' });
      expect(first).toMatchObject({
        version: 1,
        state: 'draft',
        text: '@… 已安排维修。',
        changedBy: reviewer.id,
      });
      await decide(caseId, { kind: 'answer', reason: 'service-need' });
      await move(caseId, 1, 'ready');
      await expect(move(caseId, 2, 'posted', 'weibo')).rejects.toThrow(InvalidInput);
      const posted = await move(caseId, 2, 'posted', 'https://weibo.example/1');
      expect(posted).toMatchObject({
        state: 'posted',
        postedBy: reviewer.id,
        address: 'https://weibo.example/1',
      });
      expect(await find(caseId)).toEqual(posted);
      await expect(write(caseId, { version: 3 })).rejects.toThrow(Conflict);
      expect(await move(caseId, 3, 'draft')).toMatchObject({ postedBy: null, address: null });
    });

    it('counts the stock answer it came from once', async () => {
      const caseId = await file();
      const from = { stockAnswerId: 'answer-1', stockAnswerVersion: 2 };
      await write(caseId, from);
      await write(caseId, { ...from, version: 1, text: '改过的回应。' });
      await write(await file(), from);
      expect(await opened.answers.countUses()).toEqual([{ answerId: 'answer-1', uses: 2 }]);
    });

    it('is refused for a stale version, another queue or class, and what needs no answer', async () => {
      const caseId = await file();
      await write(caseId);
      await expect(write(caseId)).rejects.toThrow(Conflict);
      await expect(write(caseId, { version: 1 }, operator)).rejects.toThrow(NotPermitted);
      await expect(write(await file({ accessClass: 'safety', queues: ['safety'] }))).rejects.toThrow(
        NotFound,
      );
      const done = await file();
      await decide(done, { kind: 'no-action', reason: 'opinion-only' });
      await expect(write(done)).rejects.toThrow(Conflict);
    });

    it('gives the same answer to a repeated command, and none to another content', async () => {
      const command = writeOf(await file());
      const first = await opened.replies.changeReply(command, reviewer, sight());
      const again = await opened.replies.changeReply(command, reviewer, sight());
      expect(again).toEqual({ reply: first.reply, repeated: true });
      const other = { ...command, text: '别的内容。' };
      await expect(opened.replies.changeReply(other, reviewer, sight())).rejects.toThrow(Conflict);
      await expect(opened.replies.changeReply(command, otherReviewer, sight())).rejects.toThrow(Conflict);
    });

    it('of two written at once one is kept', async () => {
      const caseId = await file();
      await write(caseId);
      for (const [one, version] of [
        [caseId, 1],
        [await file(), null],
      ] as const) {
        const both = [reviewer, otherReviewer].map((who) => write(one, { version, text: who.id }, who));
        const results = await Promise.allSettled(both);
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      }
    });

    it('is for those on duty alone once the case was referred, also after it came back', async () => {
      const caseId = await file();
      await write(caseId, { text: '请私信我们。' });
      await refer(caseId);
      expect(await find(caseId)).toBeNull();
      expect(await find(caseId, everything)).toMatchObject({ text: '请私信我们。', accessClass: 'safety' });
      await bringBack(caseId);
      expect(await find(caseId, everything)).toBeNull();
      expect(await write(caseId, { text: '已安排维修。' })).toMatchObject({
        version: 1,
        accessClass: 'open',
      });
      expect(await find(caseId)).toMatchObject({ text: '已安排维修。' });
    });

    it('begun at the moment of a referral is hidden with it, or refused', async () => {
      for (let round = 1; round <= 4; round += 1) {
        const caseId = await file();
        await Promise.allSettled([write(caseId), refer(caseId)]);
        await bringBack(caseId);
        expect(await find(caseId)).toBeNull();
      }
    });

    it('goes with its term, and is not read after it', async () => {
      const caseId = await file();
      await write(caseId);
      opened.clock.advance(89 * dayMs);
      expect(await find(caseId)).not.toBeNull();
      opened.clock.advance(2 * dayMs);
      expect(await find(caseId)).toBeNull();
      await opened.retention.purgeExpired(now(), [], 100);
      opened.clock.advance(-2 * dayMs);
      expect(await find(caseId)).toBeNull();
    });
  });

  describe('what comes back from those on duty', () => {
    it('waits again as open in the queue that would have had it, and their notes stay with them', async () => {
      const caseId = await file();
      const service = await file({
        ...{ queues: ['service'], findings: [] },
        service: { kind: 'complaint', topic: 'dormitory', unitId: null, confidence: 1, evidence: [] },
      } as Partial<Verdict>);
      for (const id of [caseId, service]) {
        const kind = { kind: 'refer-safety', reason: 'safety-risk', note: '转出前的备注' } as const;
        await decide(id, kind, director);
        await bringBack(id, '值班的备注');
      }
      const seen = { accessClasses: publicity };
      expect(await opened.cases.findCase(caseId, seen)).toMatchObject({
        ...{ state: 'reopened', accessClass: 'open', queues: ['review'], referredAt: null },
      });
      expect(await opened.cases.findCase(service, seen)).toMatchObject({ queues: ['service'] });
      expect(await opened.cases.findReferral(caseId)).toBeNull();
      const page = { states: ['reopened'] as const, cursor: null, limit: 10, ...seen };
      const waiting = await opened.cases.listQueue({ queue: 'service', ...page });
      expect(waiting.items.map(({ id }) => id)).toContain(service);
      const notes = (await opened.cases.listEvents(caseId, seen)).map(({ note }) => note);
      expect(notes).toEqual([null, null, null]);
      const onDuty = await opened.cases.listEvents(caseId, { accessClasses: everything });
      expect(onDuty.map(({ note }) => note)).toEqual([null, '转出前的备注', '值班的备注']);
    });
  });

  describe('a help reply that is let out', () => {
    const sight = () => ({ accessClasses: everything, at: now() });
    const facts = (more: Partial<ReleaseFacts> = {}): ReleaseFacts => ({
      ...{
        postId: 'weibo:comment:c1',
        channelId: 'weibo',
        edited: false,
        hasSecond: true,
        textExpiresAt: null,
      },
      locator: { link: 'https://weibo.example/s1', article: '晚安', at: now(), commentId: 'c1' },
      ...more,
    });
    const commandOf = (caseId: string, more: Partial<NewRelease> = {}): NewRelease => ({
      ...{ commandId: newId(), caseId, caseVersion: 1, collectorId: operator.id },
      replyText: '有人愿意听你说，请拨打校内热线。',
      ...{ stockAnswerId: 'help-1', stockAnswerVersion: 1, ...more },
    });
    const danger = () => file({ accessClass: 'safety', queues: ['safety'], lifeSafety: true });
    const letOut = async (more: Partial<ReleaseFacts> = {}) => {
      const caseId = await danger();
      const { release } = await opened.replies.release(
        commandOf(caseId),
        facts(more),
        safetyOfficer,
        sight(),
      );
      return { caseId, release };
    };
    const collected = (who: Actor) => opened.replies.listCollected(who.id, now());
    const act = (command: object, actor: Actor) => {
      const whole = { commandId: newId(), ...command } as ReleaseCommand;
      return opened.replies.changeRelease(whole, actor, now());
    };

    it('is seen by the one who was named, and by nobody else', async () => {
      const { caseId, release } = await letOut();
      expect(release).toMatchObject({ state: 'released', releasedBy: safetyOfficer.id });
      expect(await collected(operator)).toEqual([release]);
      expect(await collected(otherOperator)).toEqual([]);
      const asked = (accessClasses: readonly AccessClass[]) => ({ accessClasses, now: now() });
      expect(await opened.replies.listReleases(caseId, asked(publicity))).toEqual([]);
      expect(await opened.replies.listReleases(caseId, asked(everything))).toEqual([release]);
      expect(await opened.answers.countUses()).toEqual([{ answerId: 'help-1', uses: 1 }]);
    });

    it('is settled by the one who was named: posted, or not, with the reason', async () => {
      const { release } = await letOut();
      const settle = { type: 'settle', releaseId: release.id, version: 1, outcome: 'declined', reason: '' };
      await expect(act(settle, otherOperator)).rejects.toThrow(NotFound);
      await expect(act(settle, safetyOfficer)).rejects.toThrow(NotFound);
      await expect(act(settle, operator)).rejects.toThrow(InvalidInput);
      const declined = await act({ ...settle, reason: '评论已删除' }, operator);
      expect(declined.release).toMatchObject({ state: 'declined', reason: '评论已删除', settledAt: now() });
      await expect(act({ ...settle, version: 2, outcome: 'posted' }, operator)).rejects.toThrow(Conflict);
    });

    it('with changed words waits for a second person on duty, where there is one', async () => {
      const { release } = await letOut({ edited: true });
      expect(release).toMatchObject({ state: 'proposed', releasedBy: null });
      expect(await collected(operator)).toEqual([]);
      const approve = { type: 'approve', releaseId: release.id, version: 1 };
      await expect(act(approve, safetyOfficer)).rejects.toThrow(NotPermitted);
      await expect(act(approve, reviewer)).rejects.toThrow(NotFound);
      expect((await act(approve, onDutyToo)).release).toMatchObject({ releasedBy: onDutyToo.id });
      expect(await collected(operator)).toHaveLength(1);
      expect((await letOut({ edited: true, hasSecond: false })).release.state).toBe('released');
    });

    it('is taken back while it waits, and is gone from the list of who was asked', async () => {
      const { release } = await letOut();
      const withdraw = { type: 'withdraw', releaseId: release.id, version: 1 };
      const command = { commandId: newId(), ...withdraw };
      expect((await act(command, onDutyToo)).release.state).toBe('withdrawn');
      expect(await act(command, onDutyToo)).toMatchObject({ repeated: true });
      expect(await collected(operator)).toEqual([]);
      await expect(act({ ...withdraw, version: 2 }, safetyOfficer)).rejects.toThrow(Conflict);
    });

    it('is refused for another version of the case and outside the class; repeated it is one', async () => {
      const caseId = await danger();
      const command = commandOf(caseId);
      const stale = { ...command, caseVersion: 7 };
      await expect(opened.replies.release(stale, facts(), safetyOfficer, sight())).rejects.toThrow(Conflict);
      const outside = { accessClasses: publicity, at: now() };
      await expect(opened.replies.release(command, facts(), reviewer, outside)).rejects.toThrow(NotFound);
      const both = [1, 2].map(() => opened.replies.release(command, facts(), safetyOfficer, sight()));
      expect((await Promise.all(both)).filter(({ repeated }) => repeated)).toHaveLength(1);
    });

    it('is gone after seven days, from the list at once and from the store with the purge', async () => {
      const { caseId, release } = await letOut();
      opened.clock.advance(7 * dayMs - 1);
      expect(await collected(operator)).toHaveLength(1);
      opened.clock.advance(1);
      expect(await collected(operator)).toEqual([]);
      const settle = { type: 'settle', releaseId: release.id, version: 1, outcome: 'posted', reason: null };
      await expect(act(settle, operator)).rejects.toThrow(NotFound);
      await opened.retention.purgeExpired(now(), [], 100);
      const back = { accessClasses: everything, now: '2000-01-01T00:00:00.000Z' };
      expect(await opened.replies.listReleases(caseId, back)).toEqual([]);
    });
  });
}
