import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, NotFound } from '../../pipeline/domain/errors.ts';
import type { Handover } from '../../pipeline/domain/handover.ts';
import type { HandoverLink } from '../../pipeline/domain/handover-link.ts';
import { buildDecisionCommand, reviewer, safetyOfficer } from '../builders/case.ts';

import {
  allUnits,
  buildHandoverBench,
  dayMs,
  type HandoverStoreFixture,
  hourMs,
  logisticsHead,
  officeDirector,
  officeReviewer,
} from './handover-bench.ts';

export function handoverTextsContract(open: () => Promise<HandoverStoreFixture>): void {
  let opened: HandoverStoreFixture;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  const { now, inMs, getCase, getSlip, orderFor, handOver, move, answer, list, count } = buildHandoverBench(
    () => opened,
  );

  describe('texts', () => {
    const dayAfter = (days: number) => inMs(days * dayMs);
    const textsOf = async (slip: Handover, at = now()) =>
      (await opened.handovers.listEvents(slip.id, at)).map(({ kind, text }) => [kind, text !== null]);

    it('go after the term of a comment; an answer in one’s own words stays with the case', async () => {
      const own = await answer(await handOver());
      const quoting = await answer(await handOver(), { quoting: true });
      const unknown = await answer(await handOver(), { quoting: undefined });
      const kept = async (slip: Handover) =>
        (await opened.handovers.listEvents(slip.id, now())).find(({ kind }) => kind === 'answer')?.kept;
      expect([await kept(own), await kept(quoting), await kept(unknown)]).toEqual([
        ...['record', 'comment', 'comment'],
      ]);
      expect(await textsOf(own, dayAfter(91))).toEqual([
        ['sent', false],
        ['receive', false],
        ['answer', true],
      ]);
      opened.clock.advance(91 * dayMs);
      await opened.retention.purgeExpired(now(), [], 100);
      opened.clock.advance(-91 * dayMs);
      expect(await textsOf(own)).toEqual([
        ['sent', false],
        ['receive', false],
        ['answer', true],
      ]);
      expect(await textsOf(quoting)).toEqual([
        ['sent', false],
        ['receive', false],
        ['answer', false],
      ]);
    });

    it('end with the text that somebody asked to erase, but for an answer that does not quote (R13)', async () => {
      const slip = await answer(await handOver());
      const { postIds } = await getCase(slip.caseId);
      await opened.retention.endTexts(postIds, now());
      expect(await textsOf(slip)).toEqual([
        ['sent', false],
        ['receive', false],
        ['answer', true],
      ]);
    });

    it('the slip goes with its case, and all that hangs on it', async () => {
      const slip = await answer(await handOver());
      opened.clock.advance(3 * 366 * dayMs);
      await opened.retention.purgeExpired(now(), [], 100);
      expect(await opened.handovers.find(slip.id, allUnits)).toBeNull();
      expect(await opened.handovers.listEvents(slip.id, slip.sentAt)).toEqual([]);
    });

    it('with all of a slip are out of sight once the case goes to those on duty (R19)', async () => {
      const returned = await move(await handOver(), 'return', logisticsHead, {
        reason: 'other',
        text: '像是求助',
      });
      const { version } = await getCase(returned.caseId);
      const refer = {
        kind: 'refer-safety' as const,
        reason: 'safety-risk' as const,
        note: null,
        unitId: null,
      };
      const command = { commandId: opened.clock.newId(), caseId: returned.caseId, version, ...refer };
      await opened.cases.recordDecision(command, reviewer, now());
      expect(await opened.handovers.find(returned.id, allUnits)).toBeNull();
      expect(await opened.handovers.find(returned.id, { units: ['logistics'] })).toBeNull();
      expect(await opened.handovers.listOfCase(returned.caseId)).toEqual([]);
      expect(await list('all')).toEqual([]);
      expect(await count()).toMatchObject({ all: 0, returned: 0, done: 0 });
      const texts = (await opened.handovers.listEvents(returned.id, now())).map(({ text }) => text);
      expect(texts).toEqual([null, null, null]);
      await expect(move({ ...returned, version: 3 }, 'reassign', officeDirector)).rejects.toThrow(NotFound);
      // Back from there, the case is seen again and what was written about it is not.
      const back = {
        kind: 'return-from-safety' as const,
        reason: 'misrouted' as const,
        note: null,
        unitId: null,
      };
      const current = await getCase(returned.caseId);
      const commandId = opened.clock.newId();
      await opened.cases.recordDecision(
        { commandId, caseId: current.id, version: current.version, ...back },
        safetyOfficer,
        now(),
      );
      expect(await opened.handovers.find(returned.id, allUnits)).toBeNull();
    });
  });

  describe('two slips of one case', () => {
    const handOverTwice = async () => {
      const first = await answer(await handOver());
      const { caseId } = first;
      const reopening = {
        commandId: opened.clock.newId(),
        caseId,
        reason: 'not-solved' as const,
        note: null,
      };
      const { version } = await getCase(caseId);
      await opened.cases.recordReopening({ ...reopening, version }, reviewer, now());
      const again = orderFor(caseId, { version: version + 1 });
      await opened.cases.recordDecision(again, reviewer, now());
      return { first, second: await getSlip(again.commandId) };
    };

    it('do not pull it to and fro: the older one is done with', async () => {
      const { first, second } = await handOverTwice();
      await expect(move(first, 'redo', officeReviewer, { text: '请再看。' })).rejects.toThrow(Conflict);
      expect(await getCase(first.caseId)).toMatchObject({ state: 'handed-over', decisionId: second.id });
      expect((await move(first, 'close', officeReviewer)).state).toBe('closed');
      expect((await getCase(first.caseId)).state).toBe('handed-over');
    });

    it('both follow it to those on duty, however they stand (R19)', async () => {
      const { first, second } = await handOverTwice();
      await move(second, 'return', logisticsHead, { reason: 'not-ours' });
      const { version } = await getCase(first.caseId);
      const refer = buildDecisionCommand({
        ...{ commandId: opened.clock.newId(), caseId: first.caseId, version },
        ...{ kind: 'refer-safety', reason: 'safety-risk' },
      });
      await opened.cases.recordDecision(refer, reviewer, now());
      expect((await getCase(first.caseId)).accessClass).toBe('safety');
      expect(await opened.handovers.listOfCase(first.caseId)).toEqual([]);
      for (const { id } of [first, second]) {
        expect((await opened.handovers.listEvents(id, now())).at(-1)).toMatchObject({ to: 'withdrawn' });
      }
    });
  });

  describe('a one-time link', () => {
    const link = (slip: Handover, more: Partial<HandoverLink> = {}): HandoverLink => ({
      ...{
        id: opened.clock.newId(),
        handoverId: slip.id,
        digest: `digest-${slip.id}`,
        createdBy: reviewer.id,
      },
      ...{ createdAt: now(), expiresAt: inMs(72 * hourMs), deviceDigest: null, openedAt: null, ...more },
    });
    const openIt = (slip: Handover, deviceDigest: string, at = now()) =>
      opened.handovers.openLink({ digest: `digest-${slip.id}`, deviceDigest, at });

    it('is the first device’s, of several that open it at once, and no other’s', async () => {
      const slip = await handOver();
      await opened.handovers.addLink(link(slip));
      const devices = ['phone', 'tablet', 'desk'];
      const all = await Promise.all(devices.map((device) => openIt(slip, device)));
      const winner = devices[all.findIndex((one) => one !== null)] ?? '';
      expect(all.filter((one) => one !== null)).toHaveLength(1);
      expect(await openIt(slip, winner)).toMatchObject({ handover: { id: slip.id } });
      for (const device of devices.filter((one) => one !== winner))
        expect(await openIt(slip, device)).toBeNull();
      expect(await opened.handovers.listLinks(slip.id)).toMatchObject([
        { deviceDigest: winner, openedAt: now() },
      ]);
    });

    it('ends with its time, with the slip, and when the slip goes to another unit', async () => {
      const slip = await handOver();
      await opened.handovers.addLink(link(slip));
      await expect(opened.handovers.addLink(link(slip))).rejects.toThrow(Conflict);
      expect(await openIt(slip, 'phone', inMs(72 * hourMs))).toBeNull();
      expect(
        await opened.handovers.openLink({ digest: 'other', deviceDigest: 'phone', at: now() }),
      ).toBeNull();
      expect(await openIt(slip, 'phone')).not.toBeNull();
      opened.clock.advance(1000);
      const returned = await move(slip, 'return', logisticsHead, { reason: 'not-ours' });
      expect(await openIt(slip, 'phone')).toBeNull();
      await move(returned, 'reassign', officeReviewer, { unitId: 'library', dueAt: inMs(dayMs) });
      expect(await openIt(slip, 'phone')).toBeNull();
    });
  });
}
