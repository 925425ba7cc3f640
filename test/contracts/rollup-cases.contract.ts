import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Case } from '../../pipeline/domain/case.ts';
import type { DecisionCommand } from '../../pipeline/domain/decision.ts';
import { buildDecisionCommand, director, reviewer, safetyOfficer } from '../builders/case.ts';
import {
  dayMs,
  everything,
  hourMs,
  logisticsHead,
  logisticsReviewer,
  officeDirector,
  officeReviewer,
} from './handover-bench.ts';
import { buildRollupBench, complaint, type RollupStoreFixture } from './rollup-bench.ts';

const open = { accessClasses: ['open'] as const };

/** Figures over cases and slips, and what they make of the items in them. */
export function rollupCasesContract(openFixture: () => Promise<RollupStoreFixture>): void {
  let opened: RollupStoreFixture;
  beforeEach(async () => {
    opened = await openFixture();
  });
  afterEach(() => opened.close());
  const bench = buildRollupBench(() => opened);
  const { now, drain, fileCase, getCase, handOver, move, receive, answer } = bench;
  const { readCells, countBy, tallyOf, listItems, listCases, listHandovers, readDays } = bench;
  const later = (ms: number) => opened.clock.advance(ms);
  const decide = async (caseId: string, more: Partial<DecisionCommand> = {}, actor = reviewer) => {
    const { version } = await getCase(caseId);
    const commandId = opened.clock.newId();
    const command = buildDecisionCommand({ commandId, caseId, version, ...more });
    return opened.cases.recordDecision(command, actor, now());
  };
  const undo = async ({ id, version, decisionId }: Case, actor = reviewer) =>
    opened.cases.recordUndo(
      { commandId: opened.clock.newId(), caseId: id, version, decisionId: decisionId ?? '', note: null },
      actor,
      now(),
    );
  const ofLogistics = () => tallyOf('unit', 'logistics');

  it('counts a case on the day it was opened, and on the day of the decision that holds', async () => {
    const caseId = await fileCase(complaint);
    const openedAt = now();
    await drain();
    const fact = {
      ...{ caseId, openedAt, channelId: 'main-site', accessClass: 'open', unitId: 'logistics' },
      ...{
        categories: [],
        service: { kind: 'complaint', topic: 'canteen' },
        level: 'low',
        lifeSafety: false,
      },
      ...{ state: 'open', decidedAt: null, decision: null, reason: null, replySeenAt: null, posts: 1 },
    };
    expect(await listCases('opened')).toEqual([fact]);
    expect(await listCases('undecided-now')).toEqual([fact]);
    expect(await listCases('decided')).toEqual([]);
    expect(await ofLogistics()).toMatchObject({ opened: 1, decided: 0, decidedMinutes: [] });

    later(90 * 60_000);
    const { case: decided } = await decide(caseId);
    await drain();
    const done = {
      ...fact,
      state: 'decided',
      decidedAt: now(),
      decision: 'no-action',
      reason: 'opinion-only',
    };
    expect(await listCases('decided')).toEqual([done]);
    expect(await listCases('undecided-now')).toEqual([]);
    expect(await ofLogistics()).toMatchObject({ opened: 1, decided: 1, decidedMinutes: [90] });
    expect((await tallyOf('topic', 'canteen')).decidedMinutes).toEqual([90]);
    const keysOf = async (keys: string[]) => (await readDays('unit', { keys })).map(({ key }) => key);
    expect(await keysOf(['library', 'logistics'])).toEqual(['logistics']);
    expect(await keysOf(['library'])).toEqual([]);
    expect(await keysOf([])).toEqual([]);
    expect(await readDays('unit', { accessClasses: [] })).toEqual([]);

    await undo(decided);
    await drain();
    expect(await listCases('undecided-now')).toEqual([{ ...fact, state: 'reopened' }]);
    expect(await ofLogistics()).toMatchObject({ opened: 1, decided: 0, decidedMinutes: [] });

    later(2 * dayMs);
    await decide(caseId, { kind: 'answer', reason: 'service-need' });
    await drain();
    expect(await listCases('decided')).toMatchObject([{ decision: 'answer', reason: 'service-need' }]);
    expect((await ofLogistics()).decidedMinutes).toEqual([90 + 2 * 24 * 60]);
  });

  it('lists cases by the moment, newest first, each once, and by what they are', async () => {
    const ids: string[] = [];
    for (const n of [0, 1, 2, 3, 4]) {
      ids.push(await fileCase(n === 3 ? {} : complaint));
      if (n !== 1) later(dayMs);
    }
    for (const id of ids.slice(0, 4)) await decide(id);
    await drain();
    const idsOf = async (...asked: Parameters<typeof listCases>) =>
      (await listCases(...asked)).map(({ caseId }) => caseId);
    const newestFirst = [ids[4], ids[3], ids[2], ids[1], ids[0]];
    const opened = await idsOf('opened');
    expect(opened.slice(0, 2)).toEqual(newestFirst.slice(0, 2));
    expect([...opened].sort()).toEqual([...ids].sort());
    for (const limit of [1, 2, 3, 50]) expect(await idsOf('opened', {}, limit)).toEqual(opened);
    const decided = await idsOf('decided');
    expect([...decided].sort()).toEqual(ids.slice(0, 4).sort());
    for (const limit of [1, 2, 3, 50]) expect(await idsOf('decided', {}, limit)).toEqual(decided);
    expect(await idsOf('undecided-now', { fromDay: '2020-01-01', toDay: '2020-01-01' })).toEqual([ids[4]]);
    expect(await idsOf('opened', { unitIds: [''] })).toEqual([ids[3]]);
    expect(await idsOf('opened', { topics: ['canteen'] })).toHaveLength(4);
    expect(await idsOf('opened', { levels: ['low'], channelIds: ['main-site'] })).toHaveLength(4);
    expect(await idsOf('opened', { levels: ['watch'] })).toEqual([ids[3]]);
    expect(await idsOf('opened', { categories: ['fraud'] })).toEqual([]);
    expect(await idsOf('opened', { channelIds: [] })).toEqual([]);
  });

  it('makes an item the matter of the unit that its case was handed to', async () => {
    const slip = await handOver({
      service: { ...complaint.service, topic: 'library', unitId: 'library' } as never,
    });
    await drain();
    expect(await listItems()).toMatchObject([{ unitId: 'logistics' }]);
    expect(await readCells({ unitIds: ['library'] })).toEqual([]);
    expect(await countBy('unit')).toEqual({ logistics: 1 });
    await undo(await getCase(slip.caseId));
    await drain();
    expect(await listItems()).toMatchObject([{ unitId: 'library' }]);
    expect(await listHandovers('sent')).toMatchObject([{ state: 'withdrawn' }]);
    expect(await listHandovers('with-unit-now')).toEqual([]);
    expect((await ofLogistics()).sent).toBe(0);
  });

  it('counts a slip by what happened to it, and takes back what is done again', async () => {
    const slip = await handOver(complaint);
    const sentAt = now();
    later(hourMs);
    const received = await receive(slip);
    later(hourMs);
    const answered = await move(received, 'answer', logisticsHead, { text: '已整改。', quoting: false });
    await drain();
    expect(await listHandovers('answered')).toEqual([
      {
        ...{ handoverId: slip.id, number: slip.number, caseId: slip.caseId, channelId: 'main-site' },
        ...{ accessClass: 'open', unitId: 'logistics', executorUnitId: 'logistics', urgency: 'normal' },
        ...{ service: { kind: 'complaint', topic: 'canteen' }, state: 'answered', sentAt },
        ...{ receivedAt: received.receivedAt, answeredAt: now(), closedAt: null, dueAt: slip.dueAt },
      },
    ]);
    const good = { sent: 1, answered: 1, answeredLate: 0, receivedMinutes: [60], answeredMinutes: [120] };
    expect(await ofLogistics()).toMatchObject(good);
    expect(await tallyOf('channel', 'main-site')).toMatchObject(good);

    const again = await move(answered, 'redo', officeReviewer, { text: '请写明日期。' });
    await drain();
    expect(await ofLogistics()).toMatchObject({
      sent: 1,
      answered: 0,
      receivedMinutes: [60],
      answeredMinutes: [],
    });
    expect(await listHandovers('with-unit-now')).toHaveLength(1);
    later(10 * dayMs);
    await move(again, 'answer', logisticsHead, { text: '已写明。', quoting: false });
    await drain();
    expect(await ofLogistics()).toMatchObject({ sent: 1, answered: 1, answeredLate: 1 });
    expect((await ofLogistics()).answeredMinutes).toEqual([120 + 10 * 24 * 60]);
  });

  it('counts what goes to another executor anew', async () => {
    const slip = await receive(await handOver(complaint));
    later(dayMs);
    const returned = await move(slip, 'return', logisticsReviewer, { reason: 'not-ours', unitId: 'library' });
    await drain();
    expect(await listHandovers('with-unit-now')).toEqual([]);
    expect(await ofLogistics()).toMatchObject({ sent: 1, opened: 1, decided: 0 });
    const dueAt = bench.inMs(3 * dayMs);
    await move(returned, 'reassign', officeDirector, { unitId: 'library', dueAt });
    await drain();
    expect(await listHandovers('sent')).toMatchObject([
      { executorUnitId: 'library', unitId: 'logistics', receivedAt: null, sentAt: now(), dueAt },
    ]);
    expect(await ofLogistics()).toMatchObject({ sent: 1, receivedMinutes: [] });
    expect(await listItems()).toMatchObject([{ unitId: 'library' }]);
  });

  it('takes case, slip and items along to those on duty, and the slip never back', async () => {
    const slip = await answer(await handOver(complaint));
    const reopening = await getCase(slip.caseId);
    await opened.cases.recordReopening(
      {
        ...{ commandId: opened.clock.newId(), caseId: slip.caseId, version: reopening.version },
        ...{ reason: 'new-facts' as const, note: null },
      },
      director,
      now(),
    );
    await decide(slip.caseId, { kind: 'refer-safety', reason: 'safety-risk' });
    await drain();
    expect(await readCells(open)).toEqual([]);
    for (const family of ['channel', 'unit', 'topic', 'category'] as const) {
      expect(await readDays(family, open)).toEqual([]);
    }
    expect(await listItems(open)).toEqual([]);
    expect(await listCases('opened', open)).toEqual([]);
    expect(await listHandovers('sent', open)).toEqual([]);
    expect(await listCases('undecided-now')).toMatchObject([{ accessClass: 'safety', decidedAt: null }]);
    expect(await tallyOf('channel', 'main-site')).toMatchObject({ opened: 1, decided: 0 });
    expect(await countBy('channel')).toEqual({ 'main-site': 1 });

    await decide(slip.caseId, { kind: 'return-from-safety', reason: 'misrouted' }, safetyOfficer);
    await drain();
    expect(await listItems(open)).toHaveLength(1);
    expect(await listCases('opened', open)).toHaveLength(1);
    expect(await listHandovers('sent', open)).toEqual([]);
    expect(await listHandovers('sent')).toMatchObject([{ accessClass: 'safety', state: 'withdrawn' }]);
    expect((await tallyOf('channel', 'main-site', open)).sent).toBe(0);
  });

  it('forgets a case with its record, and keeps the item', async () => {
    const slip = await handOver({
      service: { ...complaint.service, topic: 'library', unitId: 'library' } as never,
    });
    await drain();
    later(4 * 365 * dayMs);
    const { posts } = await opened.retention.listExpired(now(), 10);
    await opened.retention.purgeExpired(now(), posts, 10);
    await drain();
    expect(await opened.cases.findCase(slip.caseId, everything)).toBeNull();
    expect(await listCases('opened')).toEqual([]);
    expect(await listHandovers('sent')).toEqual([]);
    expect(await listItems()).toMatchObject([{ tone: 'neutral', unitId: 'library' }]);
    expect(await readDays('channel')).toEqual([]);
    expect(await countBy('unit')).toEqual({ library: 1 });
  });

  it('knows the unit of a case from the text it was opened on, judged anew', async () => {
    const caseId = await fileCase({ ...complaint, queues: ['service'] });
    await drain();
    const [postId] = (await getCase(caseId)).postIds;
    await bench.gather({ externalId: caseId, text: '改成图书馆的事。' });
    await drain();
    expect(await listCases('opened')).toMatchObject([{ unitId: null }]);
    const service = { kind: 'question', topic: 'library', confidence: 0.9, unitId: 'library' } as const;
    await bench.judge(postId ?? '', { service, queues: ['service'] }, 2);
    await drain();
    expect(await listCases('opened')).toMatchObject([{ unitId: 'library', service: { kind: 'question' } }]);
  });
}
