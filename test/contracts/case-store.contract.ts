import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessClass } from '../../pipeline/domain/access-class.ts';
import type { Case } from '../../pipeline/domain/case.ts';
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
import type { FakeClock } from '../harness/fake-clock.ts';

/** What really lies in the store about one case, counted past the port. */
export interface CaseEvidence {
  events: number;
  notes: number;
  auditEntries: number;
  outboxEntries: number;
}

export interface CaseStoreFixture {
  store: CaseStore;
  clock: FakeClock;
  /** Puts a case with its posts into the store as it is. */
  seed(one: Case): Promise<void>;
  countEvidence(caseId: string): Promise<CaseEvidence>;
  /** Classes of the texts, index entries and posts of the case. */
  readTextClasses(caseId: string): Promise<AccessClass[]>;
  close(): Promise<void>;
}

const everything = { accessClasses: ['open', 'victim', 'safety'] as const };
const publicity = { accessClasses: ['open', 'victim'] as const };
const once: CaseEvidence = { events: 1, notes: 0, auditEntries: 1, outboxEntries: 1 };
const nothing: CaseEvidence = { events: 0, notes: 0, auditEntries: 0, outboxEntries: 0 };

export function caseStoreContract(open: () => Promise<CaseStoreFixture>): void {
  let fixture: CaseStoreFixture;
  let store: CaseStore;
  let at: string;
  beforeAll(async () => {
    fixture = await open();
    store = fixture.store;
    at = fixture.clock.now();
  });
  afterAll(() => fixture.close());

  async function seed(overrides: Partial<Case> = {}): Promise<Case> {
    const one = buildCase({ id: fixture.clock.newId(), ...overrides });
    await fixture.seed(one);
    return one;
  }
  const commandFor = (one: Case, overrides: object = {}) =>
    buildDecisionCommand({ commandId: fixture.clock.newId(), caseId: one.id, ...overrides });

  describe('recordDecision', () => {
    it('writes state, event, audit entry and outbox entry together', async () => {
      const one = await seed();
      const recorded = await store.recordDecision(commandFor(one), reviewer, at);
      expect(recorded).toMatchObject({
        repeated: false,
        case: { state: 'decided', version: 2, claim: null },
      });
      expect(await store.findCase(one.id, everything)).toEqual(recorded.case);
      expect(await fixture.countEvidence(one.id)).toEqual(once);
    });

    it('gives the same answer to a repeated command and writes nothing', async () => {
      const one = await seed();
      const command = commandFor(one, { note: '与后勤处核实：昨晚已供水 🚰' });
      const first = await store.recordDecision(command, reviewer, at);
      const again = await store.recordDecision(command, reviewer, at);
      expect(again).toEqual({ ...first, repeated: true });
      expect(await fixture.countEvidence(one.id)).toEqual({ ...once, notes: 1 });
    });

    it('gives one winner and one record to the same command sent at once', async () => {
      const one = await seed();
      const command = commandFor(one);
      const all = await Promise.all([1, 2, 3, 4].map(() => store.recordDecision(command, reviewer, at)));
      expect(all.filter((each) => !each.repeated)).toHaveLength(1);
      expect(new Set(all.map((each) => each.event.id)).size).toBe(1);
      expect(await fixture.countEvidence(one.id)).toEqual(once);
    });

    it('lets one of two people decide the same version', async () => {
      const one = await seed();
      const results = await Promise.allSettled([
        store.recordDecision(commandFor(one), reviewer, at),
        store.recordDecision(commandFor(one, { kind: 'verify', reason: 'needs-facts' }), otherReviewer, at),
      ]);
      expect(results.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
      const lost = results.find((each) => each.status === 'rejected');
      expect(lost?.reason).toBeInstanceOf(Conflict);
      expect(await fixture.countEvidence(one.id)).toEqual(once);
    });

    it('refuses another content, or another person, under the same command id', async () => {
      const one = await seed();
      const command = commandFor(one);
      await store.recordDecision(command, reviewer, at);
      await expect(store.recordDecision({ ...command, reason: 'misjudged' }, reviewer, at)).rejects.toThrow(
        Conflict,
      );
      await expect(store.recordDecision(command, otherReviewer, at)).rejects.toThrow(Conflict);
      expect(await fixture.countEvidence(one.id)).toEqual(once);
    });

    it.each([
      ['a stale version', { version: 7 }, Conflict],
      ['a reason that does not fit', { reason: 'service-need' }, InvalidInput],
      ['a hand-over without a unit', { kind: 'hand-over', reason: 'service-need' }, InvalidInput],
      ['a decision of another role', { kind: 'return-from-safety', reason: 'misrouted' }, NotPermitted],
    ])('refuses %s and writes nothing', async (_name, overrides, error) => {
      const one = await seed();
      await expect(store.recordDecision(commandFor(one, overrides), reviewer, at)).rejects.toThrow(error);
      expect(await fixture.countEvidence(one.id)).toEqual(nothing);
      expect(await store.findCase(one.id, everything)).toEqual(one);
    });

    it('does not know a case that is not there, of a hidden class, or of another queue', async () => {
      const missing = buildCase({ id: fixture.clock.newId() });
      await expect(store.recordDecision(commandFor(missing), reviewer, at)).rejects.toThrow(NotFound);
      const hidden = await seed({ accessClass: 'safety', queues: ['safety'] });
      await expect(store.recordDecision(commandFor(hidden), reviewer, at)).rejects.toThrow(NotFound);
      const foreign = await seed({ queues: ['operations'] });
      await expect(store.recordDecision(commandFor(foreign), reviewer, at)).rejects.toThrow(NotPermitted);
    });

    it('refuses while another person holds the claim, and not once it has run out', async () => {
      const one = await seed();
      const expiresAt = new Date(Date.parse(at) + 1000).toISOString();
      await store.claimCase({
        caseId: one.id,
        actorId: otherReviewer.id,
        token: 't1',
        at,
        expiresAt,
        ...publicity,
      });
      await expect(store.recordDecision(commandFor(one), reviewer, at)).rejects.toThrow(Conflict);
      const recorded = await store.recordDecision(commandFor(one), reviewer, expiresAt);
      expect(recorded.case.state).toBe('decided');
    });

    it('takes the class along to every text when a case is referred to safety, and hides earlier notes', async () => {
      const one = await seed();
      const noted = await store.recordDecision(commandFor(one, { note: '先前的说明' }), reviewer, at);
      const undo = {
        commandId: fixture.clock.newId(),
        caseId: one.id,
        decisionId: noted.event.id,
        note: null,
      };
      const undone = await store.recordUndo({ ...undo, version: 2 }, reviewer, at);
      const refer = commandFor(one, {
        version: undone.case.version,
        kind: 'refer-safety',
        reason: 'safety-risk',
      });
      const referred = await store.recordDecision(refer, reviewer, at);
      expect(referred.case).toMatchObject({ accessClass: 'safety', queues: ['safety'], state: 'reopened' });
      expect(new Set(await fixture.readTextClasses(one.id))).toEqual(new Set(['safety']));
      expect(await store.findCase(one.id, publicity)).toBeNull();
      expect(await store.listEvents(one.id, publicity)).toEqual([]);
      expect(await store.findReferral(one.id)).toEqual({ referredAt: at });
      const back = commandFor(one, { version: 4, kind: 'return-from-safety', reason: 'misrouted' });
      await store.recordDecision(back, safetyOfficer, at);
      expect(new Set(await fixture.readTextClasses(one.id))).toEqual(new Set(['open']));
      const events = await store.listEvents(one.id, publicity);
      expect(events.map((event) => event.kind)).toEqual(['decided', 'undone', 'decided', 'decided']);
      expect(events.map((event) => event.note)).toEqual([null, null, null, null]);
      expect((await store.listEvents(one.id, everything))[0]?.note).toBe('先前的说明');
    });
  });

  describe('a case of life safety in two queues', () => {
    const danger = { lifeSafety: true, queues: ['safety', 'review'] } satisfies Partial<Case>;

    it('waits for the people on duty after the publicity office has decided, and the other way round', async () => {
      for (const [first, second, left] of [
        [reviewer, safetyOfficer, 'safety'],
        [safetyOfficer, reviewer, 'review'],
      ] as const) {
        const one = await seed(danger);
        const halfway = await store.recordDecision(commandFor(one), first, at);
        expect(halfway.case).toMatchObject({ state: 'open', queues: [left], version: 2 });
        const queue = { queue: left, states: ['open'], cursor: null, limit: 200, ...everything } as const;
        expect((await store.listQueue(queue)).items.map((item) => item.id)).toContain(one.id);
        const done = await store.recordDecision(commandFor(one, { version: 2 }), second, at);
        expect(done.case.state).toBe('decided');
      }
    });

    it('keeps nobody waiting: a claim on either side does not stop the other', async () => {
      const expiresAt = new Date(Date.parse(at) + 60_000).toISOString();
      for (const [holder, decider] of [
        [reviewer, safetyOfficer],
        [safetyOfficer, reviewer],
      ] as const) {
        const one = await seed(danger);
        const claim = { caseId: one.id, actorId: holder.id, token: 't', at, expiresAt, ...everything };
        await store.claimCase(claim);
        expect((await store.recordDecision(commandFor(one), decider, at)).case.queues).toHaveLength(1);
      }
      const alone = await seed({ ...danger, queues: ['safety'] });
      await store.claimCase({
        caseId: alone.id,
        actorId: 'another',
        token: 't',
        at,
        expiresAt,
        ...everything,
      });
      await expect(store.recordDecision(commandFor(alone), safetyOfficer, at)).rejects.toThrow(Conflict);
    });

    it('can be taken back by who decided, though it stands in the other queue only', async () => {
      const one = await seed(danger);
      const { event } = await store.recordDecision(commandFor(one), reviewer, at);
      const undo = {
        commandId: fixture.clock.newId(),
        caseId: one.id,
        version: 2,
        decisionId: event.id,
        note: null,
      };
      expect((await store.recordUndo(undo, reviewer, at)).case.queues).toEqual(['safety', 'review']);
    });
  });

  describe('recordUndo', () => {
    it('is an event of its own and opens the case again', async () => {
      const one = await seed();
      const { event } = await store.recordDecision(commandFor(one), reviewer, at);
      const command = {
        commandId: fixture.clock.newId(),
        caseId: one.id,
        version: 2,
        decisionId: event.id,
        note: null,
      };
      const undone = await store.recordUndo(command, reviewer, at);
      expect(undone.case).toMatchObject({ state: 'reopened', version: 3, decisionId: null, decidedAt: null });
      expect((await store.recordUndo(command, reviewer, at)).repeated).toBe(true);
      expect((await store.listEvents(one.id, everything)).map((each) => each.kind)).toEqual([
        'decided',
        'undone',
      ]);
      expect(await fixture.countEvidence(one.id)).toEqual({
        ...once,
        events: 2,
        auditEntries: 2,
        outboxEntries: 2,
      });
    });

    it('is for the decider and the director, and for the decision that holds', async () => {
      const one = await seed();
      const { event } = await store.recordDecision(commandFor(one), reviewer, at);
      const undo = { caseId: one.id, version: 2, decisionId: event.id, note: null };
      const undoAs = (actor: typeof reviewer) =>
        store.recordUndo({ ...undo, commandId: fixture.clock.newId() }, actor, at);
      await expect(undoAs(otherReviewer)).rejects.toThrow(NotPermitted);
      expect((await undoAs(director)).case.state).toBe('reopened');
      await expect(undoAs(director)).rejects.toThrow(Conflict);
    });
  });

  describe('claims', () => {
    it('has one winner among many, lets the winner renew, and passes on after release or expiry', async () => {
      const one = await seed();
      const expiresAt = new Date(Date.parse(at) + 60_000).toISOString();
      const claimAs = (actorId: string, now = at) =>
        store.claimCase({
          caseId: one.id,
          actorId,
          token: `token-${actorId}`,
          at: now,
          expiresAt,
          ...publicity,
        });
      const people = Array.from({ length: 12 }, (_, index) => `person-${index}`);
      const results = await Promise.allSettled(people.map((person) => claimAs(person)));
      const winners = people.filter((_, index) => results[index]?.status === 'fulfilled');
      expect(winners).toHaveLength(1);
      const winner = winners[0] ?? '';
      await claimAs(winner);
      await store.releaseClaim(one.id, 'token-of-somebody-else');
      await expect(claimAs('late')).rejects.toThrow(Conflict);
      await store.releaseClaim(one.id, `token-${winner}`);
      expect((await claimAs('late')).claim?.actorId).toBe('late');
      expect((await claimAs('later', expiresAt)).claim?.actorId).toBe('later');
    });

    it('cannot be taken on what one may not see', async () => {
      const hidden = await seed({ accessClass: 'safety', queues: ['safety'] });
      const claim = { caseId: hidden.id, actorId: 'x', token: 't', at, expiresAt: at };
      await expect(store.claimCase({ ...claim, ...publicity })).rejects.toThrow(NotFound);
    });
  });

  describe('queues', () => {
    it('counts and lists only the classes asked for, riskiest first, in stable pages with ties', async () => {
      const before = await store.countQueues(publicity);
      const made: Case[] = [];
      for (let index = 0; index < 7; index += 1)
        made.push(await seed({ queues: ['operations'], riskScore: 50 }));
      made.unshift(await seed({ queues: ['operations', 'review'], riskScore: 10, lifeSafety: true }));
      await seed({ queues: ['operations'], accessClass: 'safety' });
      const after = await store.countQueues(publicity);
      expect(after.operations - before.operations).toBe(8);
      expect(after.review - before.review).toBe(1);
      expect((await store.countQueues({ accessClasses: [] })).operations).toBe(0);

      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await store.listQueue({
          queue: 'operations',
          states: ['open'],
          cursor,
          limit: 3,
          ...publicity,
        });
        seen.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(new Set(seen).size).toBe(seen.length);
      const ids = made.map((each) => each.id);
      expect(seen.filter((id) => ids.includes(id))).toEqual(ids);
    });

    it('refuses a cursor it did not make', async () => {
      const query = { queue: 'review', states: ['open'], limit: 3, ...publicity } as const;
      await expect(store.listQueue({ ...query, cursor: 'bm9uc2Vuc2U' })).rejects.toThrow(InvalidInput);
    });

    it('gives copies, not references', async () => {
      const one = await seed();
      const first = await store.findCase(one.id, everything);
      first?.queues.push('safety');
      expect((await store.findCase(one.id, everything))?.queues).toEqual(['review']);
    });
  });
}
