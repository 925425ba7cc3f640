import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';

describeSetUps('one id for two commands', (emptyPlace) => {
  let office: Office;
  let director: Visitor;
  beforeAll(async () => {
    office = await openOffice({}, await emptyPlace());
    director = await office.visitAs('director');
  });
  afterAll(() => office.close());

  test('the second is refused as a conflict, whatever kind it is of, and has written nothing', async () => {
    const { caseId } = await fileCase(office, { kind: 'comment', title: '', text: '路灯坏了两周' });
    const commandId = randomUUID();
    const reply = { commandId, text: '同学你好，已联系维修。' };
    expect((await director.post(`/api/cases/${caseId}/reply`, reply)).status).toBe(200);
    const others: [string, object][] = [
      [`/api/cases/${caseId}/decisions`, { version: 1, kind: 'no-action', reason: 'opinion-only' }],
      [`/api/cases/${caseId}/notes`, { note: '另一件事' }],
      [`/api/cards/case:${caseId}`, { version: 0, gist: '路灯长期不亮。' }],
      ['/api/leads', { source: 'other', receivedAt: office.clock.now(), summary: '来电反映一件事' }],
      ['/api/instructions/submissions', { subject: { kind: 'case', caseId }, leaderId: await hireLeader() }],
    ];
    for (const [path, body] of others) {
      const refused = await director.post(path, { commandId, ...body });
      expect(refused.json, path).toMatchObject({ status: 409, code: 'conflict' });
    }
    expect((await director.get(`/api/cases/${caseId}`)).json).toMatchObject({ version: 1, state: 'open' });
    expect((await director.get('/api/leads')).json).toMatchObject({ items: [] });
  });

  async function hireLeader(): Promise<string> {
    await office.hire(['leader']);
    const { items } = (await director.get('/api/leaders')).json as { items: { id: string }[] };
    return items[0]?.id ?? '';
  }
});
