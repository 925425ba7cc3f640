import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { CaseDetail, Referral } from './contract/case-detail.ts';
import { DecisionAnswer } from './contract/decision.ts';

let office: Office;
let reviewer: Visitor;

const noAction = (version = 1) => ({
  commandId: randomUUID(),
  version,
  kind: 'no-action',
  reason: 'opinion-only',
  note: null,
  unitId: null,
});

async function open(visitor: Visitor, caseId: string): Promise<CaseDetail> {
  const reply = await visitor.post(`/api/cases/${caseId}/open`, {});
  expect(reply.status).toBe(200);
  return CaseDetail.parse(reply.json);
}

describeSetUps('decisions over HTTP', (emptyPlace) => {
  beforeEach(async () => {
    office = await openOffice({}, await emptyPlace());
    reviewer = await office.visitAs('reviewer');
  });
  afterEach(() => office.close());

  describe('deciding', () => {
    test('two reviewers at the same time: one decides, the other is told', async () => {
      const colleague = await office.visitAs('reviewer');
      for (let round = 0; round < 5; round += 1) {
        const { caseId } = await fileCase(office, {});
        const path = `/api/cases/${caseId}/decisions`;
        const replies = await Promise.all([
          reviewer.post(path, noAction()),
          colleague.post(path, { ...noAction(), kind: 'verify', reason: 'needs-facts' }),
        ]);
        expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409]);
        const events = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json).events;
        expect(events.filter((event) => event.kind === 'decided').length).toBe(1);
      }
    });

    test('a repeated command gets the same answer and changes nothing; the same id for another one is refused', async () => {
      const { caseId } = await fileCase(office, {});
      const path = `/api/cases/${caseId}/decisions`;
      const command = { ...noAction(), note: '已在评论区说明' };
      const first = DecisionAnswer.parse((await reviewer.post(path, command)).json);
      office.clock.advance(5000);
      const again = DecisionAnswer.parse((await reviewer.post(path, command)).json);
      expect(first.repeated).toBe(false);
      expect(again).toEqual({ ...first, repeated: true });
      const other = await reviewer.post(path, { ...command, reason: 'misjudged' });
      expect(other.json).toMatchObject({ status: 409 });
      const detail = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
      expect(detail.events.map((event) => event.kind)).toEqual(['opened', 'decided']);
      expect(detail.events[1]).toMatchObject({ byMe: true, byName: '同事1', note: '已在评论区说明' });
      expect(detail.version).toBe(first.version);
    });

    test('is taken back by its maker as a new event, once', async () => {
      const { caseId } = await fileCase(office, {});
      const decided = DecisionAnswer.parse(
        (await reviewer.post(`/api/cases/${caseId}/decisions`, noAction())).json,
      );
      const detail = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
      expect(detail.undoable).toEqual({ decisionId: decided.decisionId });
      expect(detail.decisions).toEqual([]);
      const undo = { commandId: randomUUID(), version: decided.version, decisionId: decided.decisionId };
      const colleague = await office.visitAs('reviewer');
      expect((await colleague.post(`/api/cases/${caseId}/undo`, undo)).status).toBe(403);
      const undone = await reviewer.post(`/api/cases/${caseId}/undo`, undo);
      expect(undone.json).toMatchObject({ state: 'reopened', version: decided.version + 1 });
      expect((await reviewer.post(`/api/cases/${caseId}/undo`, undo)).json).toMatchObject({ repeated: true });
      const after = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
      expect(after.state).toBe('reopened');
      expect(after.events.map((event) => event.kind)).toEqual(['opened', 'decided', 'undone']);
      expect(after.undoable).toBeNull();
    });

    test.each([
      ['a stale version', { version: 7 }, 409, undefined],
      ['a reason of another decision', { reason: 'advert-or-spam' }, 400, 'reason'],
      ['a hand-over to nobody', { kind: 'hand-over', reason: 'service-need' }, 400, 'unitId'],
      [
        'a hand-over to no unit of ours',
        { kind: 'hand-over', reason: 'service-need', unitId: 'x' },
        400,
        'unitId',
      ],
      ['a decision of another role', { kind: 'return-from-safety', reason: 'misrouted' }, 403, undefined],
    ])('%s is refused and writes nothing', async (_name, change, status, field) => {
      const { caseId } = await fileCase(office, {});
      const reply = await reviewer.post(`/api/cases/${caseId}/decisions`, { ...noAction(), ...change });
      expect(reply.json).toMatchObject({ status, ...(field === undefined ? {} : { field }) });
      const detail = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
      expect(detail).toMatchObject({ state: 'open', version: 1 });
    });

    test('a case referred to safety is only its referral to whoever referred it, and the answer can be repeated', async () => {
      const { caseId } = await fileCase(office, { text: '这条需要值班老师看' });
      const command = { ...noAction(), kind: 'refer-safety', reason: 'safety-risk', note: '请尽快' };
      const path = `/api/cases/${caseId}/decisions`;
      expect((await reviewer.post(path, command)).status).toBe(200);
      expect((await reviewer.post(path, command)).json).toMatchObject({ repeated: true });
      for (const reply of [
        await reviewer.get(`/api/cases/${caseId}`),
        await reviewer.post(`/api/cases/${caseId}/open`, {}),
      ]) {
        expect(Referral.parse(reply.json)).toEqual({
          kind: 'referral',
          id: caseId,
          referredAt: '2026-11-20T01:00:00.000Z',
        });
        expect(Object.keys(reply.json as object)).toEqual(['kind', 'id', 'referredAt']);
      }
      const late = await reviewer.post(path, noAction(2));
      expect(late.json).toMatchObject({ status: 409, changes: [], referredAt: '2026-11-20T01:00:00.000Z' });
      expect(late.json).not.toHaveProperty('currentVersion');
      const onDuty = await office.visitAs('safety');
      expect((await open(onDuty, caseId)).text).toMatchObject({ mode: 'full' });
    });
  });
});
