import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dismissLeavers } from '../pipeline/commands/dismiss-leavers.ts';
import { type Office, officePassword, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import { readAudit } from '../test/harness/read-audit.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { PersonDetail, PersonPage } from './contract/person.ts';

let office: Office;
let admin: Visitor;

const ownPassword = '清风徐来，水波不兴 2027';
const hourMs = 3_600_000;

async function findId(login: string): Promise<string> {
  return (await office.stores.users.findByLogin(login))?.id ?? 'none';
}
async function read(id: string): Promise<PersonDetail> {
  return PersonDetail.parse((await admin.get(`/api/people/${id}`)).json);
}
async function edit(id: string, change: object) {
  const { seen } = await read(id);
  return admin.post(`/api/people/${id}`, { seen, ...change });
}
const wanted = (more: object = {}) => ({
  ...{ commandId: randomUUID(), login: 'zhao', name: '赵老师', roles: ['reviewer'] },
  ...more,
});

describe('accounts over HTTP', () => {
  beforeEach(async () => {
    office = await openOffice();
    admin = await office.visitAs('account-admin');
  });
  afterEach(() => office.close());

  test('a new account has a password that is shown once and is good for nothing but changing it', async () => {
    const request = wanted();
    const added = (await admin.post('/api/people', request)).json as { firstPassword: string };
    expect(added).toMatchObject({ person: { login: 'zhao', mustChangePassword: true, state: 'active' } });
    const again = await admin.post('/api/people', request);
    expect(again.json).toMatchObject({ firstPassword: null });
    const visitor = office.visit();
    const me = await visitor.signIn('zhao', added.firstPassword);
    expect(me.mustChangePassword).toBe(true);
    for (const path of ['/api/queues', '/api/own/sessions', '/api/own/colleagues']) {
      expect((await visitor.get(path)).status, path).toBe(403);
    }
    const change = { currentPassword: added.firstPassword, newPassword: ownPassword };
    const changed = await visitor.post('/api/session/password', change);
    expect(changed.json).toMatchObject({ mustChangePassword: false });
    visitor.csrfToken = (changed.json as { csrfToken: string }).csrfToken;
    expect((await visitor.get('/api/queues')).status).toBe(200);
    expect(office.log()).not.toContain(added.firstPassword);
  });

  test('what is wrong is refused at its field, in Chinese', async () => {
    const wrong: [object, string][] = [
      [{ login: 'Zhao!' }, 'login'],
      [{ name: ' ' }, 'name'],
      [{ roles: [] }, 'roles'],
      [{ roles: ['auditor', 'operator'] }, 'roles'],
      [{ unitId: 'no-such-unit' }, 'unitId'],
      [{ leavesOn: '31.12.2026' }, 'leavesOn'],
    ];
    for (const [more, field] of wrong) {
      const reply = await admin.post('/api/people', wanted(more));
      const detail = expect.stringMatching(/\p{Script=Han}/u);
      expect(reply.json, field).toMatchObject({ status: 400, field, detail });
    }
    expect(await office.stores.users.findByLogin('zhao')).toBeNull();
  });

  test('a login is taken once', async () => {
    await admin.post('/api/people', wanted());
    const reply = await admin.post('/api/people', wanted());
    expect(reply.json).toMatchObject({ status: 400, field: 'login' });
  });

  test('changes what is given, says before and after in the audit log, and names nobody there', async () => {
    const id = await findId(await office.hire(['reviewer']));
    const identities = [{ provider: 'cas', subject: 'CANARY20190042' }];
    const reply = await edit(id, { name: '王老师', roles: ['reviewer', 'analyst'], identities });
    expect(reply.json).toMatchObject({ name: '王老师', roles: ['reviewer', 'analyst'], identities });
    const entries = (await readAudit(office.stores)).filter(({ action }) => action === 'user.changed');
    expect(entries).toHaveLength(1);
    expect(JSON.parse(entries[0]?.body ?? '')).toEqual({
      fields: ['name', 'roles', 'identities'],
      roles: { before: ['reviewer'], after: ['reviewer', 'analyst'] },
      identities: { before: [], after: ['cas'] },
    });
    for (const { body } of await readAudit(office.stores)) expect(body).not.toMatch(/王老师|CANARY/);
  });

  test('saving the same again writes nothing; a stale form is refused', async () => {
    const login = await office.hire(['reviewer']);
    const id = await findId(login);
    const { seen } = await read(id);
    const change = { seen, roles: ['analyst'] };
    expect((await admin.post(`/api/people/${id}`, change)).status).toBe(200);
    expect((await admin.post(`/api/people/${id}`, change)).status).toBe(200);
    expect((await admin.post(`/api/people/${id}`, { seen, roles: ['leader'] })).status).toBe(409);
    const entries = (await readAudit(office.stores)).filter(({ action }) => action === 'user.changed');
    expect(entries).toHaveLength(1);
    // Signing in changes nothing that an administrator has seen.
    const fresh = await read(id);
    await office.visit().signIn(login, officePassword);
    expect((await admin.post(`/api/people/${id}`, { seen: fresh.seen, name: '新名字' })).status).toBe(200);
  });

  test('an identity is one account’s', async () => {
    const [first, second] = [await office.hire(['reviewer']), await office.hire(['reviewer'])];
    const identities = [{ provider: 'wecom', subject: 'zhangsan' }];
    expect((await edit(await findId(first), { identities })).status).toBe(200);
    expect((await edit(await findId(second), { identities })).status).toBe(409);
  });

  test('lists by login, filtered, page by page, with the units', async () => {
    for (const n of [1, 2, 3]) await office.hire(['reviewer'], `r-${n}`);
    await office.hire(['analyst'], 'analyst-1');
    await edit(await findId('r-2'), { leavesOn: '2026-11-25' });
    await admin.post(`/api/people/${await findId('r-3')}/state`, { move: 'disable' });
    const list = async (query: string) => PersonPage.parse((await admin.get(`/api/people?${query}`)).json);
    const logins = async (query: string) => (await list(query)).items.map(({ login }) => login);
    expect(await logins('role=reviewer')).toEqual(['r-1', 'r-2', 'r-3']);
    expect(await logins('state=disabled')).toEqual(['r-3']);
    expect(await logins('state=leaving')).toEqual(['r-2']);
    expect(await logins('q=R-1')).toEqual(['r-1']);
    expect(await logins(`q=${encodeURIComponent('同事')}&role=analyst`)).toEqual(['analyst-1']);
    const first = await list('limit=2');
    const rest = await list(`limit=200&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items]).toHaveLength(5);
    expect(first.counts).toEqual({ all: 5, leaving: 1, left: 0 });
  });

  test('a reset ends sessions, and the new password must be changed', async () => {
    const login = await office.hire(['reviewer']);
    const visitor = office.visit();
    await visitor.signIn(login, officePassword);
    const reply = await admin.post(`/api/people/${await findId(login)}/password`);
    const { firstPassword } = reply.json as { firstPassword: string };
    expect((await visitor.get('/api/session')).status).toBe(401);
    expect((await visitor.post('/api/session', { login, password: officePassword })).status).toBe(401);
    expect((await visitor.signIn(login, firstPassword)).mustChangePassword).toBe(true);
  });

  test('unlocks, disables and enables; what was claimed is free again', async () => {
    const login = await office.hire(['reviewer']);
    const id = await findId(login);
    const visitor = office.visit();
    await visitor.signIn(login, officePassword);
    const { caseId } = await fileCase(office, {}, {});
    expect((await visitor.post(`/api/cases/${caseId}/open`, {})).status).toBe(200);
    const moved = await admin.post(`/api/people/${id}/state`, { move: 'disable' });
    expect(moved.json).toMatchObject({ state: 'disabled', sessions: [] });
    expect((await visitor.get('/api/queues')).status).toBe(401);
    const claim = (await office.stores.cases.findCase(caseId, { accessClasses: ['open'] }))?.claim;
    expect(claim).toBeNull();
    expect((await admin.post(`/api/people/${id}/state`, { move: 'enable' })).json).toMatchObject({
      state: 'active',
    });
    for (let n = 0; n < 5; n += 1) await visitor.post('/api/session', { login, password: 'wrong' });
    expect(await read(id)).toMatchObject({ state: 'locked' });
    expect((await admin.post(`/api/people/${id}/state`, { move: 'unlock' })).json).toMatchObject({
      state: 'active',
    });
    await visitor.signIn(login, officePassword);
  });

  describe('leavers', () => {
    test('can do nothing from the end of their last day on, before any job has run', async () => {
      const login = await office.hire(['reviewer']);
      const visitor = office.visit();
      const id = await findId(login);
      expect((await edit(id, { leavesOn: '2026-11-20' })).json).toMatchObject({ leavesInDays: 0 });
      // 09:00 in Shanghai; the day ends after 15 hours.
      office.clock.advance(15 * hourMs - 1);
      await visitor.signIn(login, officePassword);
      expect((await visitor.get('/api/queues')).status).toBe(200);
      office.clock.advance(1);
      expect((await visitor.get('/api/queues')).status).toBe(401);
      expect((await visitor.post('/api/session', { login, password: officePassword })).status).toBe(401);
      expect((await office.stores.users.find(id))?.disabled).toBe(false);
    });

    test('are settled by the house: disabled, stand-ins and sessions ended, on record, once', async () => {
      const [leaver, stays] = [await office.hire(['director']), await office.hire(['reviewer'])];
      await edit(await findId(leaver), { leavesOn: '2026-11-20' });
      const days = { from: '2026-11-20', until: '2026-11-20', reason: 'vacancy', roles: ['director'] };
      const both = { absentId: await findId(leaver), standInId: await findId(stays) };
      const made = await admin.post('/api/stand-ins', { commandId: randomUUID(), ...days, ...both });
      expect(made.status).toBe(200);
      await office.visit().signIn(leaver, officePassword);
      expect(await dismissLeavers(office.deps)).toBe(0);
      office.clock.advance(15 * hourMs);
      expect(await dismissLeavers(office.deps)).toBe(1);
      expect(await dismissLeavers(office.deps)).toBe(0);
      admin = await office.visitAs('account-admin');
      expect(await read(both.absentId)).toMatchObject({ state: 'left', sessions: [] });
      const listed = PersonPage.parse((await admin.get('/api/people?state=left')).json);
      expect(listed.items.map(({ login }) => login)).toEqual([leaver]);
      const left = (await readAudit(office.stores)).filter(({ action }) => action === 'user.left');
      expect(left).toMatchObject([{ subject: both.absentId, actorId: null }]);
      const enabled = await admin.post(`/api/people/${both.absentId}/state`, { move: 'enable' });
      expect(enabled.json).toMatchObject({ status: 400, field: 'leavesOn' });
    });
  });

  describe('sessions', () => {
    const list = async (visitor: Visitor) =>
      ((await visitor.get('/api/own/sessions')).json as { items: Record<string, unknown>[] }).items;

    test('one sees one’s own, by door and device, and ends one or all others', async () => {
      const login = await office.hire(['reviewer']);
      const visitors = [office.visit(), office.visit(), office.visit()];
      const [here, there, third] = visitors as [Visitor, Visitor, Visitor];
      await here.signIn(login, officePassword);
      const firefox = {
        'user-agent': 'Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0',
      };
      await there.send('POST', '/api/session', {
        headers: firefox,
        body: { login, password: officePassword },
      });
      office.clock.advance(60_000);
      await third.signIn(login, officePassword);
      const items = await list(here);
      expect(items).toHaveLength(3);
      expect(items.filter(({ current }) => current === true)).toHaveLength(1);
      const other = items.find(({ device }) => device === 'Firefox · Windows');
      expect(other).toMatchObject({ door: 'password', current: false });
      expect((await here.send('DELETE', `/api/own/sessions/${other?.id}`)).status).toBe(204);
      expect((await there.get('/api/session')).status).toBe(401);
      expect((await third.get('/api/session')).status).toBe(200);
      const current = items.find((one) => one.current === true);
      expect((await here.send('DELETE', `/api/own/sessions/${current?.id}`)).status).toBe(404);
      expect((await here.send('DELETE', '/api/own/sessions')).status).toBe(204);
      expect((await third.get('/api/session')).status).toBe(401);
      expect(await list(here)).toHaveLength(1);
    });

    test('nobody ends another’s but the administrator, who sees door, device and times', async () => {
      const visitor = await office.visitAs('reviewer');
      const stranger = await office.visitAs('reviewer');
      const [session] = await list(visitor);
      expect((await stranger.send('DELETE', `/api/own/sessions/${session?.id}`)).status).toBe(404);
      const { id } = (await visitor.get('/api/session')).json as { id: string };
      expect(Object.keys((await read(id)).sessions[0] ?? {}).sort()).toEqual(
        ['current', 'device', 'door', 'id', 'lastSeenAt', 'since'].sort(),
      );
      expect((await admin.send('DELETE', `/api/people/${id}/sessions`)).status).toBe(204);
      expect((await visitor.get('/api/session')).status).toBe(401);
    });

    test('an idle one is not listed', async () => {
      const login = await office.hire(['reviewer']);
      const [first, second] = [office.visit(), office.visit()];
      await first.signIn(login, officePassword);
      office.clock.advance(30 * 60_000);
      await second.signIn(login, officePassword);
      expect(await list(second)).toHaveLength(1);
    });
  });
});
