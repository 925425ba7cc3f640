import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, InvalidInput, NotFound, NotPermitted } from '../../pipeline/domain/errors.ts';
import { type Handover, usualOrder } from '../../pipeline/domain/handover.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import { reviewer } from '../builders/case.ts';
import { buildMover } from '../builders/handover.ts';
import { buildGathered, buildQueuedVerdict } from '../builders/post.ts';

import {
  allUnits,
  buildHandoverBench,
  dayMs,
  everything,
  type HandoverStoreFixture,
  libraryHead,
  logisticsHead,
  logisticsReviewer,
  officeReviewer,
} from './handover-bench.ts';

export function handoverStoreContract(open: () => Promise<HandoverStoreFixture>): void {
  let opened: HandoverStoreFixture;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  const {
    now,
    inMs,
    fileCase,
    getCase,
    orderFor,
    handOver,
    getSlip,
    commandFor,
    move,
    receive,
    answer,
    list,
    count,
  } = buildHandoverBench(() => opened);

  describe('made by the decision', () => {
    it('stands with its number, its units and its due time, and the case is handed over', async () => {
      const slip = await handOver({}, {});
      expect(slip).toMatchObject({
        ...{ version: 1, number: '转〔2026〕0001号', state: 'sent', sentBy: reviewer.id },
        ...{ ownerUnitId: 'logistics', executorUnitId: 'logistics', coUnitIds: [], urgency: 'normal' },
        ...{ dueAt: inMs(5 * dayMs), firstDueAt: inMs(5 * dayMs), receivedAt: null },
      });
      expect((await getCase(slip.caseId)).state).toBe('handed-over');
      const [event] = await opened.handovers.listEvents(slip.id, now());
      expect(event).toMatchObject({
        kind: 'sent',
        text: '请核实并答复。',
        kept: 'comment',
        actorId: reviewer.id,
      });
      expect(await opened.handovers.findByNumber(slip.number, allUnits)).toEqual(slip);
      expect(await opened.handovers.listOfCase(slip.caseId)).toEqual([slip]);
    });

    it('is numbered without a gap and without a twin when many are handed over at once', async () => {
      const commands = await Promise.all(Array.from({ length: 8 }, async () => orderFor(await fileCase())));
      await Promise.all(commands.map((command) => opened.cases.recordDecision(command, reviewer, now())));
      // A number taken by a decision that is refused is the next one's.
      const refused = orderFor(await fileCase(), { handover: { ...usualOrder, coUnitIds: ['logistics'] } });
      await expect(opened.cases.recordDecision(refused, reviewer, now())).rejects.toThrow(InvalidInput);
      const last = await handOver();
      const slips = await Promise.all([...commands.map(({ commandId }) => commandId), last.id].map(getSlip));
      const numbers = slips.map(({ number }) => number).sort();
      expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `转〔2026〕000${n}号`));
    });

    it('begins again with each year in Shanghai', async () => {
      await handOver();
      opened.clock.advance(Date.parse('2026-12-31T15:59:00.000Z') - Date.parse(now()));
      expect((await handOver()).number).toBe('转〔2026〕0002号');
      opened.clock.advance(60_000);
      expect((await handOver()).number).toBe('转〔2027〕0001号');
    });

    it('is one slip however often the decision is sent, though the calendar says otherwise by then', async () => {
      const command = orderFor(await fileCase());
      await opened.cases.recordDecision(command, reviewer, now());
      const again = {
        ...command,
        handover: { ...usualOrder, ...command.handover, plannedDueAt: inMs(dayMs) },
      };
      expect(await opened.cases.recordDecision(again, reviewer, now())).toMatchObject({ repeated: true });
      const other = { ...command, handover: { ...usualOrder, request: '另一件事' } };
      await expect(opened.cases.recordDecision(other, reviewer, now())).rejects.toThrow(Conflict);
      expect(await list('all')).toEqual([command.commandId]);
    });

    it('is taken back with the decision, unless the unit has answered', async () => {
      const slip = await handOver();
      const undo = async (one: Handover) => {
        const { version } = await getCase(one.caseId);
        const command = { commandId: opened.clock.newId(), caseId: one.caseId, version, note: null };
        return opened.cases.recordUndo({ ...command, decisionId: one.id }, reviewer, now());
      };
      await undo(slip);
      expect(await getSlip(slip.id)).toMatchObject({ state: 'withdrawn', closedAt: now() });
      const answered = await answer(await handOver());
      await expect(undo(answered)).rejects.toThrow(Conflict);
      expect(await getSlip(answered.id)).toMatchObject({ state: 'answered' });
      // Once it is closed, opening the case again leaves the slip as it ended.
      const closed = await move(answered, 'close', officeReviewer);
      await undo(closed);
      expect(await getSlip(closed.id)).toMatchObject({ state: 'closed' });
      expect((await getCase(closed.caseId)).state).toBe('reopened');
    });
  });

  describe('a move', () => {
    it('leads the case along: answered, done again, answered, closed', async () => {
      const slip = await handOver();
      const answered = await answer(slip);
      expect(answered).toMatchObject({ state: 'answered', answeredBy: logisticsHead.id, version: 3 });
      expect((await getCase(slip.caseId)).state).toBe('answered');
      const again = await move(answered, 'redo', officeReviewer, { text: '请说明留样多久。' });
      expect((await getCase(slip.caseId)).state).toBe('handed-over');
      const second = await move(again, 'answer', logisticsHead, { text: '留样 48 小时。', quoting: false });
      await move(second, 'close', officeReviewer);
      expect(await getCase(slip.caseId)).toMatchObject({ state: 'closed', decisionId: slip.id });
      const events = await opened.handovers.listEvents(slip.id, now());
      expect(events.map(({ kind }) => kind)).toEqual([
        'sent',
        'receive',
        'answer',
        'redo',
        'answer',
        'close',
      ]);
      expect(events[1]).toMatchObject({
        role: 'unit-reviewer',
        unitId: 'logistics',
        from: 'sent',
        to: 'received',
      });
      const ofCase = await opened.cases.listEvents(slip.caseId, everything);
      expect(ofCase.map(({ kind }) => kind)).toEqual([
        ...['opened', 'decided', 'unit-answered', 'answer-refused', 'unit-answered', 'closed'],
      ]);
    });

    it('writes an audit entry and tells of it, once', async () => {
      const slip = await handOver();
      const told = async () => (await opened.outbox.take(100, now(), inMs(1))).map(({ topic }) => topic);
      const before = (await told()).filter((topic) => topic === 'handover.changed').length;
      expect(before).toBe(1);
      const command = commandFor(slip, 'receive');
      await opened.handovers.recordMove(command, logisticsHead, now());
      const waiting = await opened.audit.countUnlinked('audit');
      opened.clock.advance(1000);
      expect(await opened.handovers.recordMove(command, logisticsHead, now())).toMatchObject({
        repeated: true,
        event: { kind: 'receive' },
      });
      expect(await opened.audit.countUnlinked('audit')).toBe(waiting);
      expect((await told()).filter((topic) => topic === 'handover.changed')).toHaveLength(2);
      const other = { ...command, text: '另一句话' };
      await expect(opened.handovers.recordMove(other, logisticsHead, now())).rejects.toThrow(Conflict);
      await expect(opened.handovers.recordMove(command, libraryHead, now())).rejects.toThrow(Conflict);
    });

    it('is one when two make it at the same time', async () => {
      const slip = await handOver();
      const both = await Promise.allSettled(
        [logisticsHead, logisticsReviewer].map((who) =>
          opened.handovers.recordMove(commandFor(slip, 'receive'), who, now()),
        ),
      );
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect((await getSlip(slip.id)).version).toBe(2);
    });

    it('is refused to another unit as if there were no slip, and writes nothing', async () => {
      const slip = await handOver();
      await expect(move(slip, 'receive', libraryHead)).rejects.toThrow(NotFound);
      await expect(move(slip, 'close', logisticsHead)).rejects.toThrow(NotPermitted);
      await expect(move(slip, 'close', officeReviewer)).rejects.toThrow(Conflict);
      expect(await getSlip(slip.id)).toEqual(slip);
      expect(await opened.handovers.listEvents(slip.id, now())).toHaveLength(1);
    });

    it('back to the office opens the case in its queue; given to another unit it is handed over again', async () => {
      const slip = await handOver();
      const returned = await move(slip, 'return', logisticsHead, { reason: 'not-ours', unitId: 'library' });
      expect(returned).toMatchObject({
        state: 'returned',
        returned: { reason: 'not-ours', suggestedUnitId: 'library' },
      });
      expect(await getCase(slip.caseId)).toMatchObject({
        state: 'reopened',
        queues: ['service'],
        decisionId: null,
      });
      const given = await move(returned, 'reassign', officeReviewer, {
        unitId: 'library',
        dueAt: inMs(dayMs),
      });
      expect(given).toMatchObject({
        state: 'sent',
        executorUnitId: 'library',
        returned: null,
        receivedAt: null,
      });
      expect(await getCase(slip.caseId)).toMatchObject({
        ...{ state: 'handed-over', unitId: 'library', decisionId: slip.id },
      });
      expect(await list('all', { units: ['library'] })).toEqual([slip.id]);
      await expect(move(given, 'receive', buildMover('unit-head', 'clinic'))).rejects.toThrow(NotFound);
      await move(given, 'receive', libraryHead);
    });

    it('decided otherwise after it came back, the slip is over', async () => {
      const returned = await move(await handOver(), 'return', logisticsHead, { reason: 'not-ours' });
      const { version } = await getCase(returned.caseId);
      const next = orderFor(returned.caseId, { version, unitId: 'library' });
      await opened.cases.recordDecision(next, reviewer, now());
      expect(await getSlip(returned.id)).toMatchObject({ state: 'withdrawn' });
      expect(await getSlip(next.commandId)).toMatchObject({ state: 'sent', number: '转〔2026〕0002号' });
    });

    it('of an emergency leaves what the people on duty have to themselves', async () => {
      const verdict = { queues: ['safety', 'review'] as Verdict['queues'], lifeSafety: true };
      const slip = await handOver(verdict, { reason: 'safety-risk' });
      expect(await getCase(slip.caseId)).toMatchObject({ state: 'open', queues: ['safety'] });
      const answered = await answer(slip);
      expect(await getCase(slip.caseId)).toMatchObject({ state: 'open', queues: ['safety'] });
      await move(answered, 'close', officeReviewer);
      expect(await getCase(slip.caseId)).toMatchObject({ state: 'open', queues: ['safety'] });
    });
  });

  it('is taken back and out of sight when its case turns out to be for those on duty alone', async () => {
    const verdict = { queues: ['safety', 'review'] as Verdict['queues'], lifeSafety: true };
    const slip = await handOver(verdict, { reason: 'safety-risk' });
    const { postIds } = await getCase(slip.caseId);
    const post = buildGathered({ externalId: slip.caseId, kind: 'comment', title: '', text: '我不想活了' });
    await opened.posts.storePosts([{ post, snapshotHash: null }], now());
    const judged = buildQueuedVerdict({
      ...verdict,
      queues: ['safety'],
      accessClass: 'safety',
      findings: [],
    });
    const judgement = { postId: postIds[0] ?? '', textVersion: 2, verdict: judged, tokens: ['汤'] };
    await opened.posts.storeJudgements([{ ...judgement, caseId: opened.clock.newId() }], now());
    expect((await getCase(slip.caseId)).accessClass).toBe('safety');
    expect(await opened.handovers.find(slip.id, allUnits)).toBeNull();
    const events = await opened.handovers.listEvents(slip.id, now());
    expect(events.map(({ kind, text }) => [kind, text])).toEqual([
      ['sent', null],
      ['withdraw', null],
    ]);
  });

  describe('lists and counts', () => {
    it('have a unit’s own slips only: those it answers for, works on or helps with', async () => {
      const own = await handOver();
      const helped = await handOver(
        {},
        { unitId: 'library', handover: { ...usualOrder, coUnitIds: ['logistics'] } },
      );
      const owned = await handOver({}, { handover: { ...usualOrder, executorUnitId: 'library' } });
      const foreign = await handOver({}, { unitId: 'library' });
      const sight = { units: ['logistics'] };
      expect((await list('all', sight)).sort()).toEqual([own.id, helped.id, owned.id].sort());
      expect(await count(sight)).toMatchObject({ all: 3, sent: 3 });
      expect(await count()).toMatchObject({ all: 4 });
      expect(await list('all', { units: [] })).toEqual([]);
      expect(await opened.handovers.find(foreign.id, sight)).toBeNull();
      expect(await opened.handovers.findByNumber(foreign.number, sight)).toBeNull();
    });

    it('by state and by due time, soonest first, page by page', async () => {
      const due = (days: number) => ({ handover: { ...usualOrder, plannedDueAt: inMs(days * dayMs) } });
      const later = await handOver({}, due(9));
      const soon = await handOver({}, due(1));
      const late = await handOver({}, due(0.5));
      opened.clock.advance(0.7 * dayMs);
      expect(await list('overdue')).toEqual([late.id]);
      expect(await list('near')).toEqual([soon.id]);
      expect(await list('sent')).toEqual([late.id, soon.id, later.id]);
      expect(await list('all')).toEqual([later.id, soon.id, late.id]);
      expect(await list('active')).toEqual([late.id, soon.id, later.id]);
      const query = { filter: 'sent' as const, ...allUnits, now: now(), until: now(), limit: 2 };
      const first = await opened.handovers.list({ ...query, cursor: null });
      const second = await opened.handovers.list({ ...query, cursor: first.nextCursor });
      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([late.id, soon.id, later.id]);
      expect(second.nextCursor).toBeNull();
      await move(later, 'supervise', buildMover('leader', null));
      const asked = await move(await receive(soon), 'ask-extension', logisticsHead, {
        ...{ dueAt: inMs(3 * dayMs), text: '等配件' },
      });
      expect(await list('supervised')).toEqual([later.id]);
      expect(await list('extension')).toEqual([soon.id]);
      await move(asked, 'grant-extension', officeReviewer);
      expect(await list('extension')).toEqual([]);
      expect(await getSlip(soon.id)).toMatchObject({ dueAt: inMs(3 * dayMs), extensionsGranted: 1 });
      await answer(late);
      expect(await count()).toEqual({
        ...{ active: 3, sent: 1, received: 1, near: 0, overdue: 0, extension: 0, answered: 1, returned: 0 },
        ...{ supervised: 1, done: 0, all: 3 },
      });
    });
  });

  describe('the machine', () => {
    it('tells each cause once, and not of what has moved on', async () => {
      const slip = await handOver();
      const remind = { handoverId: slip.id, version: 1, kind: 'reminded' as const, level: null };
      expect(await opened.handovers.recordNudge(remind, now())).toBe(true);
      expect(await opened.handovers.recordNudge(remind, now())).toBe(false);
      expect(await opened.handovers.recordNudge({ ...remind, version: 2 }, now())).toBe(false);
      const late = {
        handoverId: slip.id,
        version: 2,
        kind: 'escalated' as const,
        level: 'unit-head' as const,
      };
      const both = await Promise.all([1, 2].map(() => opened.handovers.recordNudge(late, now())));
      expect(both.filter((done) => done)).toHaveLength(1);
      expect(await getSlip(slip.id)).toMatchObject({
        ...{ state: 'sent', version: 3, remindedAt: now(), escalatedTo: 'unit-head' },
      });
      const events = await opened.handovers.listEvents(slip.id, now());
      expect(events.at(-1)).toMatchObject({
        kind: 'escalated',
        actorId: null,
        details: { level: 'unit-head' },
      });
    });
  });
}
