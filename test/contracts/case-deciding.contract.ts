import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Case } from '../../pipeline/domain/case.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from '../../pipeline/domain/errors.ts';
import type { CaseStore } from '../../pipeline/ports/case-store.ts';
import {
  buildCase,
  buildDecisionCommand,
  director,
  otherReviewer,
  reviewer,
  safetyOfficer,
} from '../builders/case.ts';
import type { CaseStoreFixture } from './case-store.contract.ts';

const everything = { accessClasses: ['open', 'victim', 'safety'] as const };
const publicity = { accessClasses: ['open', 'victim'] as const };

/** Reopening, notes and claims that are taken over: what people do with a case besides deciding it. */
export function caseDecidingContract(open: () => Promise<CaseStoreFixture>): void {
  let fixture: CaseStoreFixture;
  let store: CaseStore;
  let at: string;
  beforeAll(async () => {
    fixture = await open();
    store = fixture.store;
    at = fixture.clock.now();
  });
  afterAll(() => fixture.close());

  const newId = () => fixture.clock.newId();
  const later = (ms: number) => new Date(Date.parse(at) + ms).toISOString();
  async function seed(overrides: Partial<Case> = {}): Promise<Case> {
    const one = buildCase({ id: newId(), ...overrides });
    await fixture.seed(one);
    return one;
  }
  const decide = (one: Case, overrides: object = {}, actor: Actor = reviewer) =>
    store.recordDecision(
      buildDecisionCommand({ commandId: newId(), caseId: one.id, version: one.version, ...overrides }),
      actor,
      at,
    );
  const reopening = (one: Case, overrides: object = {}) => ({
    ...{ commandId: newId(), caseId: one.id, version: one.version, reason: 'new-facts' as const, note: null },
    ...overrides,
  });
  const claimAs = (one: Case, { id }: Actor, expiresAt = later(60_000)) =>
    store.claimCase({ caseId: one.id, actorId: id, token: `token-${id}`, at, expiresAt, ...everything });
  const kindsOf = async (one: Case) => (await store.listEvents(one.id, everything)).map(({ kind }) => kind);

  describe('reopening', () => {
    it('lets a decided case wait again, and leaves what was decided in the history', async () => {
      const one = await seed();
      const decided = await decide(one, { note: '按通知答复' });
      const command = reopening(decided.case, { note: '当事人补充了材料' });
      const reopened = await store.recordReopening(command, otherReviewer, at);
      expect(reopened.case).toMatchObject({
        state: 'reopened',
        version: 3,
        decisionId: null,
        decidedAt: null,
      });
      expect(reopened.event).toMatchObject({ kind: 'reopened', reason: 'new-facts', actorId: 'user-other' });
      const events = await store.listEvents(one.id, everything);
      expect(events[0]).toEqual({ ...decided.event, note: '按通知答复' });
      expect(events[1]).toMatchObject({ reason: 'new-facts', note: '当事人补充了材料' });
      expect(await fixture.countEvidence(one.id)).toEqual({
        ...{ events: 2, notes: 2, auditEntries: 2, outboxEntries: 2 },
      });
      // It can be decided again, by whoever may.
      expect((await decide(reopened.case, { kind: 'verify', reason: 'needs-facts' })).case.version).toBe(4);
    });

    it('is done once by the same command, and refuses another one under its id', async () => {
      const { case: decided } = await decide(await seed());
      const command = reopening(decided);
      const all = await Promise.all([1, 2, 3].map(() => store.recordReopening(command, reviewer, at)));
      expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1);
      await expect(store.recordReopening({ ...command, reason: 'said-again' }, reviewer, at)).rejects.toThrow(
        Conflict,
      );
      expect((await fixture.countEvidence(decided.id)).events).toBe(2);
    });

    it('is for what is done with, in one’s own queue, and not for a stale version', async () => {
      const waiting = await seed();
      await expect(store.recordReopening(reopening(waiting), reviewer, at)).rejects.toThrow(Conflict);
      const handed = await seed({ state: 'handed-over', decisionId: newId(), decidedAt: at });
      await expect(store.recordReopening(reopening(handed), reviewer, at)).rejects.toThrow('转办');
      const withdrawn = await seed({ state: 'closed' });
      await expect(store.recordReopening(reopening(withdrawn), reviewer, at)).rejects.toThrow('撤回');
      const { case: decided } = await decide(await seed());
      await expect(store.recordReopening(reopening(decided), safetyOfficer, at)).rejects.toThrow(
        NotPermitted,
      );
      await expect(store.recordReopening(reopening(decided, { version: 1 }), reviewer, at)).rejects.toThrow(
        Conflict,
      );
      const hidden = await seed({ state: 'decided', accessClass: 'safety', queues: ['safety'] });
      await expect(store.recordReopening(reopening(hidden), reviewer, at)).rejects.toThrow(NotFound);
      for (const state of ['decided', 'answered', 'closed'] as const) {
        const one = await seed({ state, decisionId: newId(), decidedAt: at });
        expect((await store.recordReopening(reopening(one), director, at)).case.state).toBe('reopened');
      }
    });

    it('brings a danger back to both who had decided about it', async () => {
      const one = await seed({ lifeSafety: true, queues: ['safety', 'review'] });
      const { case: half } = await decide(one);
      const { case: done } = await decide(half, {}, safetyOfficer);
      expect(done).toMatchObject({ state: 'decided', queues: ['safety'] });
      const { case: again } = await store.recordReopening(reopening(done), reviewer, at);
      expect([...again.queues].sort()).toEqual(['review', 'safety']);
    });
  });

  describe('notes', () => {
    it('are made on any state, whoever holds the case, and change nothing but its history', async () => {
      const one = await seed();
      await claimAs(one, otherReviewer);
      const command = { commandId: newId(), caseId: one.id, note: '已联系后勤处，等回电 📞' };
      const noted = await store.recordNote(command, reviewer, at);
      expect(noted.case).toMatchObject({ state: 'open', version: 2, claim: { actorId: 'user-other' } });
      expect((await store.recordNote(command, reviewer, at)).repeated).toBe(true);
      const events = await store.listEvents(one.id, publicity);
      expect(events).toMatchObject([{ kind: 'noted', note: command.note, decision: null }]);
      const closed = await seed({ state: 'closed', decisionId: newId(), decidedAt: at });
      expect(
        (await store.recordNote({ ...command, commandId: newId(), caseId: closed.id }, reviewer, at)).case,
      ).toMatchObject({ state: 'closed', version: 2 });
    });

    it('are for one’s own queue, and say something', async () => {
      const one = await seed();
      const command = { commandId: newId(), caseId: one.id, note: '看过' };
      await expect(store.recordNote(command, safetyOfficer, at)).rejects.toThrow(NotPermitted);
      await expect(store.recordNote({ ...command, note: ' \n ' }, reviewer, at)).rejects.toThrow(
        InvalidInput,
      );
      expect(await kindsOf(one)).toEqual([]);
    });

    it('refuse nobody’s decision who has not seen them, nor its undoing', async () => {
      const one = await seed();
      await store.recordNote({ commandId: newId(), caseId: one.id, note: '先记一笔' }, otherReviewer, at);
      const { case: decided, event } = await decide(one);
      expect(decided.version).toBe(3);
      await store.recordNote({ commandId: newId(), caseId: one.id, note: '再记一笔' }, otherReviewer, at);
      const undo = { commandId: newId(), caseId: one.id, version: 3, decisionId: event.id, note: null };
      expect((await store.recordUndo(undo, reviewer, at)).case.version).toBe(5);
      expect(await kindsOf(one)).toEqual(['noted', 'decided', 'noted', 'undone']);
    });

    it('are hidden by a referral', async () => {
      const one = await seed();
      await store.recordNote(
        { commandId: newId(), caseId: one.id, note: '语气不对，像是求助' },
        reviewer,
        at,
      );
      const refer = { kind: 'refer-safety', reason: 'safety-risk' };
      const { case: referred } = await decide(one, refer);
      const back = { kind: 'return-from-safety', reason: 'misrouted' };
      await decide(referred, back, safetyOfficer);
      const seen = await store.listEvents(one.id, publicity);
      expect(seen.map(({ kind, note }) => [kind, note])).toEqual([
        ['noted', null],
        ['decided', null],
        ['decided', null],
      ]);
      expect((await store.listEvents(one.id, everything))[0]?.note).toBe('语气不对，像是求助');
    });
  });

  describe('taking a claim over', () => {
    const takeOver = (one: Case, actor: Actor, commandId = newId()) =>
      store.recordTakeOver(
        {
          command: { commandId, caseId: one.id, note: null },
          claim: { token: 'of-the-director', expiresAt: later(120_000) },
        },
        actor,
        at,
      );

    it('makes the director the holder, and says whose it was', async () => {
      const one = await seed();
      await claimAs(one, reviewer);
      const commandId = newId();
      const taken = await takeOver(one, director, commandId);
      expect(taken.case).toMatchObject({ version: 2, claim: { actorId: 'user-director' } });
      expect(taken.event).toMatchObject({ kind: 'taken-over', holderId: 'user-reviewer' });
      expect((await takeOver(one, director, commandId)).repeated).toBe(true);
      await expect(claimAs(one, reviewer)).rejects.toThrow(Conflict);
      await store.releaseClaim(one.id, 'token-user-reviewer');
      await expect(decide(one)).rejects.toThrow('另一位同事');
      // What the former holder wrote counts still, once the director has let go.
      await store.releaseClaim(one.id, 'of-the-director');
      expect((await decide(one)).case.state).toBe('decided');
    });

    it('is nothing to be had of what is decided: nobody works on that', async () => {
      const one = await seed();
      await decide(one);
      await expect(claimAs(one, otherReviewer)).rejects.toThrow(Conflict);
      expect((await store.findCase(one.id, everything))?.claim).toBeNull();
    });

    it('is the director’s, and only from somebody who holds it', async () => {
      const one = await seed();
      await expect(takeOver(one, director)).rejects.toThrow(Conflict);
      await claimAs(one, otherReviewer);
      await expect(takeOver(one, reviewer)).rejects.toThrow(NotPermitted);
      const lapsed = await seed();
      await claimAs(lapsed, reviewer, at);
      await expect(takeOver(lapsed, director)).rejects.toThrow(Conflict);
      expect(await kindsOf(one)).toEqual([]);
    });
  });

  describe('a bulk', () => {
    const inBulk = { bulkId: '6d9f0c1e-0b1f-4d60-9d3a-3f1a2b4c5d6e' };

    it('leaves its id with the decision', async () => {
      const { event } = await decide(await seed(), inBulk);
      expect(event.decision).toEqual({
        ...{ kind: 'no-action', reason: 'opinion-only', unitId: null },
        ...inBulk,
      });
    });

    it.each([
      ['a danger to life', { lifeSafety: true }],
      ['a safety family', { categories: ['violence'] }],
      ['an identifiable person', { accessClass: 'victim' }],
    ] satisfies [string, Partial<Case>][])('never decides about %s', async (_name, overrides) => {
      const one = await seed(overrides);
      await expect(decide(one, inBulk)).rejects.toThrow(InvalidInput);
      expect((await decide(one)).case.state).toBe('decided');
    });

    it('never makes a decision that wants to be thought about each time', async () => {
      const one = await seed();
      const correct = { kind: 'correct', reason: 'own-error', ...inBulk };
      await expect(decide(one, correct)).rejects.toThrow(InvalidInput);
      const refer = { kind: 'refer-safety', reason: 'safety-risk', ...inBulk };
      await expect(decide(one, refer)).rejects.toThrow(InvalidInput);
    });
  });
}
