import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Role } from '../../pipeline/domain/role.ts';
import type { PersonDetail } from '../../review-api/contract/person.ts';
import { type Office, officePassword, openOffice } from '../harness/office.ts';
import { readAudit } from '../harness/read-audit.ts';
import type { Visitor } from '../harness/visitor.ts';

/** 三员分立: who manages accounts sees no content and gives themself nothing; who checks has no part in what is checked. */
let office: Office;
let admin: Visitor;
let adminId: string;

beforeEach(async () => {
  office = await openOffice();
  const login = await office.hire(['account-admin'], 'chief');
  admin = office.visit();
  adminId = (await admin.signIn(login, officePassword)).id;
});
afterEach(() => office.close());

const idOf = async (login: string) => (await office.stores.users.findByLogin(login))?.id ?? 'none';
async function edit(visitor: Visitor, id: string, change: object) {
  const { seen } = (await visitor.get(`/api/people/${id}`)).json as PersonDetail;
  return visitor.post(`/api/people/${id}`, { seen, ...change });
}
async function lend(absentId: string, standInId: string, roles: Role[], by = admin) {
  const days = { from: '2026-11-20', until: '2026-11-21', reason: 'leave' };
  return by.post('/api/stand-ins', { commandId: randomUUID(), absentId, standInId, roles, ...days });
}

test('of every pair of roles, those with the auditor and who is checked are refused, and no others', async () => {
  const id = await idOf(await office.hire(['editor'], 'somebody'));
  for (const one of ['operator', 'account-admin', 'auditor', 'director'] as const) {
    for (const other of Role.options.filter((role) => role !== one)) {
      const reply = await edit(admin, id, { roles: [one, other] });
      const pair = [one, other].sort().join();
      const clashes = pair === 'auditor,operator' || pair === 'account-admin,auditor';
      expect(reply.status, pair).toBe(clashes ? 400 : 200);
      if (clashes) expect(reply.json).toMatchObject({ field: 'roles' });
    }
  }
});

test('nobody changes their own roles, unit, last day or state, nor resets their own password', async () => {
  await office.hire(['account-admin'], 'second');
  for (const change of [
    { roles: ['account-admin', 'director'] },
    { roles: ['account-admin', 'safety'] },
    { roles: ['editor'] },
    { leavesOn: '2027-01-01' },
    { emergency: true },
  ]) {
    expect((await edit(admin, adminId, change)).json).toMatchObject({ status: 403, code: 'not-permitted' });
  }
  for (const move of ['disable', 'enable', 'unlock']) {
    expect((await admin.post(`/api/people/${adminId}/state`, { move })).status, move).toBe(403);
  }
  expect((await admin.post(`/api/people/${adminId}/password`)).status).toBe(403);
  expect((await edit(admin, adminId, { name: '新名字' })).status).toBe(200);
  expect((await office.stores.users.find(adminId))?.roles).toEqual(['account-admin']);
});

test('nor does whoever stands in for them change it in their stead', async () => {
  await office.hire(['account-admin'], 'second');
  const helper = await office.hire(['editor'], 'helper');
  expect((await lend(adminId, await idOf(helper), ['account-admin'])).status).toBe(200);
  const visitor = office.visit();
  await visitor.signIn(helper, officePassword);
  expect((await edit(visitor, adminId, { roles: ['account-admin', 'director'] })).status).toBe(403);
  expect((await edit(visitor, await idOf(helper), { roles: ['director'] })).status).toBe(403);
  expect((await visitor.post(`/api/people/${adminId}/password`)).status).toBe(403);
  expect((await visitor.post(`/api/sign-in/accounts/${adminId}/reset-second-factor`)).status).toBe(403);
  const other = await idOf(await office.hire(['editor'], 'other'));
  expect((await edit(visitor, other, { roles: ['analyst'] })).status).toBe(200);
  const entry = (await readAudit(office.stores)).find(({ action }) => action === 'user.changed');
  expect(JSON.parse(entry?.body ?? '')).toMatchObject({ onBehalfOf: [adminId] });
  expect((await visitor.post(`/api/sign-in/accounts/${other}/reset-second-factor`)).status).toBe(204);
  const reset = (await readAudit(office.stores)).find(({ action }) => action === 'second-factor.reset');
  expect(JSON.parse(reset?.body ?? '')).toMatchObject({ onBehalfOf: [adminId] });
});

test('an administrator is not made a stand-in for content by their own hand', async () => {
  const director = await idOf(await office.hire(['director']));
  expect((await lend(director, adminId, ['director'])).status).toBe(403);
  const second = office.visit();
  await second.signIn(await office.hire(['account-admin'], 'second'), officePassword);
  expect((await lend(director, adminId, ['director'], second)).status).toBe(200);
});

test('what a person holds and is lent is taken together, whichever comes first', async () => {
  const auditor = await idOf(await office.hire(['auditor'], 'the-auditor'));
  const operator = await idOf(await office.hire(['operator'], 'the-operator'));
  const somebody = await idOf(await office.hire(['editor'], 'somebody'));
  expect((await lend(auditor, operator, ['auditor'])).json).toMatchObject({ status: 400, field: 'roles' });
  expect((await lend(operator, auditor, ['operator'])).json).toMatchObject({ status: 400, field: 'roles' });
  expect((await lend(operator, somebody, ['operator'])).status).toBe(200);
  expect((await lend(auditor, somebody, ['auditor'])).json).toMatchObject({ status: 400, field: 'roles' });
  expect((await edit(admin, somebody, { roles: ['auditor'] })).json).toMatchObject({
    status: 400,
    field: 'roles',
  });
  expect((await edit(admin, somebody, { roles: ['analyst'] })).status).toBe(200);
});

test('the last one who manages accounts can be neither disabled, nor stripped, nor sent away', async () => {
  const second = office.visit();
  const secondId = (await second.signIn(await office.hire(['account-admin'], 'second'), officePassword)).id;
  expect((await edit(admin, secondId, { leavesOn: '2027-01-31' })).status).toBe(200);
  const field = (reply: { json: unknown }) => (reply.json as { field?: string }).field;
  expect(field(await edit(second, adminId, { roles: ['editor'] }))).toBe('roles');
  expect(field(await edit(second, adminId, { leavesOn: '2027-01-01' }))).toBe('leavesOn');
  expect(field(await second.post(`/api/people/${adminId}/state`, { move: 'disable' }))).toBe('disabled');
  expect((await admin.get('/api/people')).status).toBe(200);
});

test('an administrator of accounts gets no content, and content roles no accounts', async () => {
  for (const path of ['/api/queues', '/api/cases?queue=review', '/api/search?q=a', '/api/rules']) {
    expect((await admin.get(path)).status, path).toBe(403);
  }
  const id = await idOf(await office.hire(['editor'], 'somebody'));
  for (const role of Role.options.filter((one) => one !== 'account-admin')) {
    const visitor = await office.visitAs(role);
    expect((await visitor.get(`/api/people/${id}`)).status, role).toBe(403);
    expect((await visitor.get('/api/stand-ins')).status, role).toBe(403);
  }
});

test('no answer about an account holds a password or a key', async () => {
  const login = await office.hire(['reviewer']);
  const user = await office.stores.users.findByLogin(login);
  if (user === null) throw new Error('no such user');
  const totp = { sealed: 'CANARYSEALED', kid: 'k', confirmedAt: null, lastStep: 0, recovery: ['CANARYCODE'] };
  await office.stores.users.update({ ...user, totp });
  const { text } = await admin.get(`/api/people/${user.id}`);
  expect(text).toContain(login);
  expect(text).not.toMatch(/CANARY|scrypt/);
});
