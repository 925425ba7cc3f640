import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findAppointments } from '../../pipeline/commands/find-appointments.ts';
import type { Role } from '../../pipeline/domain/role.ts';
import { rightsOf } from '../../pipeline/domain/role.ts';
import type { OwnStandIns, StandInView } from '../../review-api/contract/stand-in.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { type Office, officePassword, openOffice } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';
import { readAudit } from '../harness/read-audit.ts';
import type { Visitor } from '../harness/visitor.ts';

let office: Office;
let admin: Visitor;

const hourMs = 3_600_000;
const idOf = async (login: string) => (await office.stores.users.findByLogin(login))?.id ?? 'none';
async function enter(login: string): Promise<Visitor> {
  const visitor = office.visit();
  await visitor.signIn(login, officePassword);
  return visitor;
}
interface Lending {
  roles: Role[];
  from?: string;
  until?: string;
  absentId?: string;
}
async function lend(by: Visitor, path: string, standInId: string, lending: Lending) {
  const days = { from: '2026-11-20', until: '2026-11-20', reason: 'leave' };
  return by.post(path, { commandId: randomUUID(), standInId, ...days, ...lending });
}
async function placeUnits() {
  const units = ['logistics', 'library'].map((id) => ({ id, name: id, aliases: [], topics: [], places: [] }));
  const { stores, clock } = office;
  const expectedVersion = await stores.settings.readVersion();
  const change = { expectedVersion, actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
  await stores.settings.save('units', units, change);
}

describeSetUps('stand-ins', (emptyPlace) => {
  beforeEach(async () => {
    // 09:00 on 20 November in Shanghai.
    office = await openOffice({}, await emptyPlace());
    admin = await office.visitAs('account-admin');
  });
  afterEach(() => office.close());

  test('hold from their first day to the end of their last in Shanghai, at the next request', async () => {
    const [director, editor] = [
      await office.hire(['director'], 'boss'),
      await office.hire(['editor'], 'help'),
    ];
    const visitor = await enter(editor);
    expect((await visitor.get('/api/queues')).status).toBe(403);
    const absentId = await idOf(director);
    const lending = { absentId, roles: ['director' as const], from: '2026-11-21', until: '2026-11-21' };
    expect((await lend(admin, '/api/stand-ins', await idOf(editor), lending)).status).toBe(200);
    expect((await visitor.get('/api/queues')).status).toBe(403);
    office.clock.advance(15 * hourMs);
    const first = await enter(editor);
    const me = (await first.get('/api/session')).json;
    expect(me).toMatchObject({
      roles: ['editor', 'director'],
      standsInFor: [{ name: expect.any(String), roles: ['director'], until: '2026-11-21' }],
    });
    expect((await first.get('/api/queues')).status).toBe(200);
    office.clock.advance(24 * hourMs - 1);
    const last = await enter(editor);
    expect((await last.get('/api/queues')).status).toBe(200);
    office.clock.advance(1);
    expect((await last.get('/api/queues')).status).toBe(403);
    expect((await last.get('/api/session')).json).toMatchObject({ roles: ['editor'], standsInFor: [] });
  });

  test('of a unit role hold for the unit of who is away, never for one’s own', async () => {
    await placeUnits();
    const head = await office.hire(['unit-head'], 'head', 'logistics');
    const editor = await office.hire(['editor'], 'help', 'library');
    const lending = { absentId: await idOf(head), roles: ['unit-head' as const] };
    expect((await lend(admin, '/api/stand-ins', await idOf(editor), lending)).status).toBe(200);
    const user = await office.stores.users.findByLogin(editor);
    if (user === null) throw new Error('no such user');
    const appointments = await findAppointments(user, office.deps);
    expect(rightsOf(appointments, 'handover.list')).toMatchObject({ permitted: true, units: ['logistics'] });
    const both = { ...user, roles: ['editor' as const, 'unit-head' as const] };
    const added = await findAppointments(both, office.deps);
    expect(rightsOf(added, 'handover.list').units).toEqual(['library', 'logistics']);
  });

  test('what is done with a lent right says in whose stead; what one’s own right covers does not', async () => {
    const [director, reviewer] = [
      await office.hire(['director'], 'boss'),
      await office.hire(['reviewer'], 'help'),
    ];
    const visitor = await enter(reviewer);
    const decide = async () => {
      const { caseId } = await fileCase(office, {}, {});
      const decision = { commandId: randomUUID(), version: 1, kind: 'no-action', reason: 'opinion-only' };
      expect((await visitor.post(`/api/cases/${caseId}/decisions`, decision)).status).toBe(200);
      const entry = (await readAudit(office.stores)).find(
        ({ action, subject }) => action === 'case.decided' && subject === caseId,
      );
      expect(entry?.actorId).toBe(await idOf(reviewer));
      return JSON.parse(entry?.body ?? '').onBehalfOf;
    };
    expect(await decide()).toBeUndefined();
    const absentId = await idOf(director);
    expect(
      (await lend(admin, '/api/stand-ins', await idOf(reviewer), { absentId, roles: ['director'] })).status,
    ).toBe(200);
    expect(await decide()).toEqual([absentId]);
  });

  test('end with the account, the role or the work of who is away, and by the hand of either', async () => {
    const [director, editor] = [
      await office.hire(['director'], 'boss'),
      await office.hire(['editor'], 'help'),
    ];
    const absentId = await idOf(director);
    const visitor = await enter(editor);
    const lending = { absentId, roles: ['director' as const] };
    const made = async () => {
      const reply = await lend(admin, '/api/stand-ins', await idOf(editor), lending);
      expect((await visitor.get('/api/queues')).status).toBe(200);
      return (reply.json as { standIn: StandInView }).standIn;
    };
    const one = await made();
    const ending = { commandId: randomUUID(), version: one.version };
    expect((await (await enter(director)).post(`/api/own/stand-ins/${one.id}/end`, ending)).status).toBe(200);
    expect((await visitor.get('/api/queues')).status).toBe(403);
    const two = await made();
    const refused = { commandId: randomUUID(), version: two.version };
    expect((await visitor.post(`/api/own/stand-ins/${two.id}/end`, refused)).status).toBe(200);
    expect((await visitor.get('/api/queues')).status).toBe(403);
    await made();
    const user = await office.stores.users.findByLogin(director);
    if (user === null) throw new Error('no such user');
    const stripped = await office.stores.users.update({ ...user, roles: ['editor'] });
    expect((await visitor.get('/api/queues')).status).toBe(403);
    await office.stores.users.update({ ...stripped, roles: ['director'] });
    expect((await visitor.get('/api/queues')).status).toBe(200);
    expect((await admin.post(`/api/people/${absentId}/state`, { move: 'disable' })).status).toBe(200);
    expect((await visitor.get('/api/queues')).status).toBe(403);
  });

  test('are made by oneself for one’s own absence: own roles, own unit, nothing lent lent on', async () => {
    await placeUnits();
    const director = await office.hire(['director'], 'boss', 'library');
    const deputy = await office.hire(['reviewer'], 'deputy', 'library');
    const third = await office.hire(['reviewer'], 'third', 'library');
    const stranger = await office.hire(['reviewer'], 'stranger', 'logistics');
    const boss = await enter(director);
    const colleagues = (await boss.get('/api/own/colleagues')).json as { items: { id: string }[] };
    expect(colleagues.items.map(({ id }) => id).sort()).toEqual(
      [await idOf(deputy), await idOf(third)].sort(),
    );
    expect(Object.keys(colleagues.items[0] ?? {}).sort()).toEqual(['id', 'name']);
    const own = '/api/own/stand-ins';
    const far = await lend(boss, own, await idOf(stranger), { roles: ['director'] });
    expect(far.json).toMatchObject({ status: 400, field: 'standInId' });
    const twice = await lend(boss, own, await idOf(deputy), { roles: ['safety'] });
    expect(twice.json).toMatchObject({ status: 400, field: 'roles' });
    expect((await lend(boss, own, await idOf(deputy), { roles: ['director'] })).status).toBe(200);
    const visitor = await enter(deputy);
    const chained = await lend(visitor, own, await idOf(third), { roles: ['director'] });
    expect(chained.json).toMatchObject({ status: 400, field: 'roles' });
    const seen = (await visitor.get(own)).json as OwnStandIns;
    expect(seen).toMatchObject({ given: [], received: [{ roles: ['director'], state: 'active' }] });
    expect(seen.lendable).toEqual(['reviewer']);
    const others = (await (await enter(third)).get(own)).json as OwnStandIns;
    expect(others).toMatchObject({ given: [], received: [] });
  });

  test('nobody makes or ends one for others without the right', async () => {
    const [director, editor] = [
      await office.hire(['director'], 'boss'),
      await office.hire(['editor'], 'help'),
    ];
    const absentId = await idOf(director);
    const visitor = await enter(editor);
    const lending = { absentId, roles: ['director' as const] };
    expect((await lend(visitor, '/api/stand-ins', await idOf(editor), lending)).status).toBe(403);
    const made = await lend(admin, '/api/stand-ins', await idOf(editor), lending);
    const { id } = (made.json as { standIn: StandInView }).standIn;
    const ending = { commandId: randomUUID(), version: 1 };
    const stranger = await office.visitAs('reviewer');
    expect((await stranger.post(`/api/own/stand-ins/${id}/end`, ending)).status).toBe(404);
    expect((await stranger.post(`/api/stand-ins/${id}/end`, ending)).status).toBe(403);
    expect((await visitor.get('/api/queues')).status).toBe(200);
  });
});
