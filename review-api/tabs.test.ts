import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';

let office: Office;
let reviewer: Visitor;
let path: string;

const from = (tab: string) => ({ headers: { 'x-guanlan-tab': tab } });
const open = (tab: string) => reviewer.send('POST', `${path}/open`, { body: {}, ...from(tab) });
const leave = (tab: string) => reviewer.send('DELETE', `${path}/claim`, from(tab));

async function isHeld(): Promise<boolean> {
  const reply = await (await office.visitAs('reviewer')).get(path);
  return (reply.json as { claim: unknown }).claim !== null;
}

describeSetUps('tabs of one person', (emptyPlace) => {
  beforeEach(async () => {
    office = await openOffice({}, await emptyPlace());
    reviewer = await office.visitAs('reviewer');
    path = `/api/cases/${(await fileCase(office, {})).caseId}`;
  });
  afterEach(() => office.close());

  test('closing a second tab leaves the claim to the first', async () => {
    await open('tab-one-1');
    expect((await open('tab-two-2')).json).toMatchObject({ claim: { byMe: true } });
    expect((await leave('tab-two-2')).status).toBe(204);
    expect(await isHeld()).toBe(true);
    await leave('tab-one-1');
    expect(await isHeld()).toBe(false);
  });

  test('a second tab that is worked in lengthens the claim, and has it once the first is closed', async () => {
    await open('tab-one-1');
    await open('tab-two-2');
    office.clock.advance(20 * 60_000);
    const renew = () => reviewer.send('POST', `${path}/claim/renew`, from('tab-two-2'));
    expect((await renew()).json).toMatchObject({ claim: { expiresAt: '2026-11-20T01:50:00.000Z' } });
    await leave('tab-one-1');
    expect(await isHeld()).toBe(false);
    await renew();
    expect(await isHeld()).toBe(true);
    await leave('tab-one-1');
    expect(await isHeld()).toBe(true);
    await leave('tab-two-2');
    expect(await isHeld()).toBe(false);
  });

  test('a client without tabs opens and frees as before', async () => {
    await reviewer.post(`${path}/open`, {});
    expect(await isHeld()).toBe(true);
    await reviewer.send('DELETE', `${path}/claim`);
    expect(await isHeld()).toBe(false);
  });

  test.each(['short', 'x'.repeat(65), 'tab one 1', 'tab:one:1', ''])(
    'a tab named "%s" is refused',
    async (tab) => {
      expect((await open(tab)).json).toMatchObject({ status: 400, field: 'x-guanlan-tab' });
    },
  );
});
