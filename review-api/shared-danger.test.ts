import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Unit } from '../pipeline/domain/channel.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, officePassword, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { CaseDetail } from './contract/case-detail.ts';
import { DecisionAnswer } from './contract/decision.ts';

/** A case where life is in danger stands in two queues at once: deciding takes it out of one's own only. */
let office: Office;
let reviewer: Visitor;
let caseId: string;

const read = async (visitor: Visitor) => CaseDetail.parse((await visitor.get(`/api/cases/${caseId}`)).json);

async function decide(visitor: Visitor, change: object = {}): Promise<DecisionAnswer> {
  const { version } = await read(visitor);
  const body = { commandId: randomUUID(), version, kind: 'no-action', reason: 'already-handled', ...change };
  const reply = await visitor.post(`/api/cases/${caseId}/decisions`, body);
  expect(reply.status).toBe(200);
  return DecisionAnswer.parse(reply.json);
}

describeSetUps('a danger in two queues', (emptyPlace) => {
  beforeEach(async () => {
    office = await openOffice({}, await emptyPlace());
    reviewer = await office.visitAs('reviewer');
    ({ caseId } = await fileCase(office, {}, { lifeSafety: true, queues: ['review', 'safety'] }));
  });
  afterEach(() => office.close());

  test('whoever decided for their own queue reads on without a purpose and may take it back', async () => {
    const { decisionId, version } = await decide(reviewer);
    const shown = await read(reviewer);
    expect(shown).toMatchObject({ queues: ['safety'], undoable: { decisionId }, decisions: [] });
    const body = { commandId: randomUUID(), version, decisionId };
    expect((await reviewer.post(`/api/cases/${caseId}/undo`, body)).status).toBe(200);
    expect(await read(reviewer)).toMatchObject({ queues: ['review', 'safety'], undoable: null });
  });

  test('a colleague of that queue reads it too, but is not offered what would be refused', async () => {
    const { decisionId, version } = await decide(reviewer);
    const colleague = await office.visitAs('reviewer');
    expect((await read(colleague)).undoable).toBeNull();
    const body = { commandId: randomUUID(), version, decisionId };
    expect((await colleague.post(`/api/cases/${caseId}/undo`, body)).status).toBe(403);
    const director = await office.visitAs('director');
    expect((await read(director)).undoable).toEqual({ decisionId });
  });

  test('a queue that it never stood in still asks for the purpose', async () => {
    await decide(reviewer);
    const operator = await office.visitAs('operator');
    const reply = await operator.get(`/api/cases/${caseId}`);
    expect(reply.json).toMatchObject({ status: 400, field: 'purpose' });
  });

  test('while those on duty hold it, taking back is neither offered nor accepted', async () => {
    const { decisionId, version } = await decide(reviewer);
    const onDuty = await office.visitAs('safety');
    expect((await onDuty.post(`/api/cases/${caseId}/open`, {})).status).toBe(200);
    expect((await read(reviewer)).undoable).toBeNull();
    const body = { commandId: randomUUID(), version, decisionId };
    expect((await reviewer.post(`/api/cases/${caseId}/undo`, body)).status).toBe(409);
  });

  test('a colleague’s claim keeps nobody from deciding while it stands in both queues', async () => {
    const onDuty = await office.visitAs('safety');
    await onDuty.post(`/api/cases/${caseId}/open`, {});
    const shown = await read(reviewer);
    expect(shown.claim?.byMe).toBe(false);
    expect(shown.decisions.map((one) => one.kind)).toContain('hand-over');
    await decide(reviewer);
  });

  test('those on duty who sent a case back may read and take that back', async () => {
    const filed = await fileCase(office, {}, { accessClass: 'safety', lifeSafety: true, queues: ['safety'] });
    caseId = filed.caseId;
    const onDuty = await office.visitAs('safety');
    expect((await read(onDuty)).decisions.map((one) => one.kind)).not.toContain('mark-noise');
    const { decisionId } = await decide(onDuty, { kind: 'return-from-safety', reason: 'misrouted' });
    expect(await read(onDuty)).toMatchObject({ queues: ['review'], undoable: { decisionId } });
  });

  test('a hand-over is preset as a matter of safety, never to one’s own unit nor for an odd topic', async () => {
    const units: Unit[] = [
      { id: 'publicity', name: '党委宣传部', aliases: [], topics: ['other', 'network'], places: [] },
      { id: 'finance', name: '计划财务处', aliases: [], topics: ['fees'], places: [] },
    ];
    const change = { expectedVersion: 0, actorId: null, source: 'test', at: office.clock.now() };
    await office.stores.settings.save('units', units, { ...change, id: office.clock.newId() });
    const login = await office.hire(['reviewer']);
    const user = await office.stores.users.findByLogin(login);
    if (user !== null) await office.stores.users.update({ ...user, unitId: 'publicity' });
    const inOffice = office.visit();
    await inOffice.signIn(login, officePassword);

    type Topic = 'fees' | 'network' | 'other';
    const suggested = async (visitor: Visitor, topic: Topic, named: string | null = null) => {
      const service = { kind: 'complaint' as const, topic, confidence: 0.9, unitId: named };
      ({ caseId } = await fileCase(office, {}, { lifeSafety: true, queues: ['review', 'safety'], service }));
      return (await read(visitor)).suggestedUnitId;
    };
    expect(await suggested(inOffice, 'fees')).toBe('finance');
    expect(await suggested(inOffice, 'network')).toBeNull();
    expect(await suggested(reviewer, 'network')).toBe('publicity');
    expect(await suggested(reviewer, 'other')).toBeNull();
    expect(await suggested(reviewer, 'network', 'finance')).toBe('finance');
    expect(await suggested(reviewer, 'other', 'finance')).toBe('finance');
    expect(await suggested(reviewer, 'other', 'publicity')).toBeNull();
    expect(await suggested(reviewer, 'fees', 'closed-office')).toBe('finance');
    const handOver = (await read(reviewer)).decisions.find((one) => one.kind === 'hand-over');
    expect(handOver?.reasons[0]).toBe('safety-risk');
  });
});
