import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officePassword } from '../test/harness/office.ts';
import { goToSchool, openSignInScene, type SignInScene } from '../test/harness/sign-in-scene.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { type RouteSpec, routes } from './contract/routes.ts';
import type { SecondFactor, SignInDoors } from './contract/sign-in.ts';
import type { RunningApi } from './main.ts';

let scene: SignInScene;
let api: RunningApi;

beforeAll(async () => {
  scene = await openSignInScene();
  api = await scene.open();
});
afterAll(() => scene.close());

const knock = (visitor: Visitor, login: string, password = officePassword) =>
  visitor.post('/api/session', { login, password });
const prove = (visitor: Visitor, code: string) => visitor.post('/api/session/second-factor', { code });
const doors = async (visitor: Visitor) => (await visitor.get('/api/sign-in/doors')).json as SignInDoors;
const factor = async (visitor: Visitor) =>
  (await visitor.get('/api/account/second-factor')).json as SecondFactor;

/** A director with a second factor, whose clock has gone on to the next code. */
async function director() {
  const user = await scene.hire(['director']);
  const visitor = scene.visit(api);
  await visitor.signIn(user.login, officePassword);
  return { user, visitor, ...(await scene.setUpFactor(visitor)) };
}

describe('the second step', () => {
  test('is asked for after the password, and opens the session', async () => {
    const { user, code } = await director();
    const visitor = scene.visit(api);
    const first = await knock(visitor, user.login);
    expect(first.json).toMatchObject({ status: 401, code: 'second-factor-required' });
    expect([...visitor.jar.keys()]).toEqual(['guanlan_step']);
    expect((await doors(visitor)).pending).toBe('prove');
    const entered = await prove(visitor, code());
    expect(entered.json).toMatchObject({ login: user.login });
    expect([...visitor.jar.keys()]).toEqual(['guanlan_session']);
    expect((await doors(visitor)).pending).toBeNull();
  });

  test('half a session can do nothing else', async () => {
    const { user } = await director();
    const visitor = scene.visit(api);
    await knock(visitor, user.login);
    for (const [name, spec] of Object.entries(routes) as [string, RouteSpec][]) {
      if (spec.action === 'public') continue;
      const path = spec.path.replace(/:\w+/g, 'none');
      const body = spec.body === null ? {} : { body: {} };
      const { status } = await visitor.send(spec.method.toUpperCase(), path, body);
      expect(status, name).toBe(401);
    }
    expect((await visitor.get('/api/events')).status).toBe(401);
    const step = visitor.jar.get('guanlan_step') ?? '';
    visitor.jar.set('guanlan_session', step.split('.')[1]?.slice(0, 43) ?? '');
    expect((await visitor.get('/api/session')).status).toBe(401);
    expect((await visitor.post('/api/session/second-factor/offer')).status).toBe(401);
  });

  test('is over after five minutes, with a new password, and with another second factor', async () => {
    const { user, code, visitor: own } = await director();
    const late = scene.visit(api);
    await knock(late, user.login);
    scene.office.clock.advance(5 * 60_000);
    expect((await prove(late, code())).json).toMatchObject({ code: 'sign-in-failed' });

    scene.nextCode();
    const stale = scene.visit(api);
    await knock(stale, user.login);
    const { stores } = scene.office;
    const before = await stores.users.find(user.id);
    if (before !== null) await stores.users.update({ ...before, passwordHash: `${before.passwordHash}x` });
    expect((await prove(stale, code())).status).toBe(401);
    expect((await own.get('/api/session')).status).toBe(200);
  });

  test('a code that was seen over the shoulder is worth nothing', async () => {
    const { user, code } = await director();
    const [owner, thief] = [scene.visit(api), scene.visit(api)];
    await knock(owner, user.login);
    await knock(thief, user.login);
    const seen = code();
    expect((await prove(owner, seen)).status).toBe(200);
    expect((await prove(thief, seen)).status).toBe(401);
  });

  test('five wrong codes lock the account, however often the password was right in between', async () => {
    const { user, code } = await director();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const visitor = scene.visit(api);
      await knock(visitor, user.login);
      expect((await prove(visitor, '000000')).status).toBe(401);
    }
    const visitor = scene.visit(api);
    expect((await knock(visitor, user.login)).json).toMatchObject({ code: 'sign-in-failed' });
    scene.office.clock.advance(15 * 60_000);
    await knock(visitor, user.login);
    expect((await prove(visitor, code())).status).toBe(200);
  });

  test('a wrong password says nothing of a second step', async () => {
    const { user } = await director();
    const visitor = scene.visit(api);
    expect((await knock(visitor, user.login, 'wrong')).json).toMatchObject({ code: 'sign-in-failed' });
    expect(visitor.cookie).toBeNull();
  });

  test('a recovery code stands in for a lost phone, once; the administrator resets what is lost for good', async () => {
    const { user, recoveryCodes } = await director();
    const [first = ''] = recoveryCodes;
    for (const status of [200, 401]) {
      const visitor = scene.visit(api);
      await knock(visitor, user.login);
      expect((await prove(visitor, first)).status).toBe(status);
    }
    const admin = scene.visit(api);
    const adminUser = await scene.hire(['account-admin']);
    await admin.signIn(adminUser.login, officePassword);
    const reset = (id: string) => admin.post(`/api/sign-in/accounts/${id}/reset-second-factor`);
    expect((await reset(adminUser.id)).status).toBe(403);
    expect((await reset('nobody')).status).toBe(404);
    expect((await reset(user.id)).status).toBe(204);
    expect((await knock(scene.visit(api), user.login)).status).toBe(200);
  });
});

describe('one’s own', () => {
  test('setting it up ends every session of the account and opens a new one', async () => {
    const user = await scene.hire(['director']);
    const [visitor, elsewhere] = [scene.visit(api), scene.visit(api)];
    await visitor.signIn(user.login, officePassword);
    await elsewhere.signIn(user.login, officePassword);
    expect(await factor(visitor)).toMatchObject({ state: 'off', demanded: true, asksPassword: true });
    const before = visitor.cookie;
    const { recoveryCodes } = await scene.setUpFactor(visitor);
    expect(recoveryCodes).toHaveLength(10);
    expect(visitor.cookie).not.toBe(before);
    expect(await factor(visitor)).toMatchObject({ state: 'on', recoveryLeft: 10, putOffUntil: null });
    expect((await elsewhere.get('/api/session')).status).toBe(401);
  });

  test('beginning takes the password, and names the field when it is wrong', async () => {
    const user = await scene.hire(['reviewer']);
    const visitor = scene.visit(api);
    await visitor.signIn(user.login, officePassword);
    const wrong = await visitor.post('/api/account/second-factor/offer', { password: 'wrong' });
    expect(wrong.json).toMatchObject({ status: 400, field: 'password' });
    const stolen = await visitor.send('POST', '/api/account/second-factor/offer', {
      body: { password: officePassword },
      headers: { 'x-csrf-token': 'none' },
    });
    expect(stolen.json).toMatchObject({ code: 'foreign-request' });
  });

  test('where the roles ask for one it can be replaced, not taken away; elsewhere it can', async () => {
    const { visitor, code } = await director();
    const refused = await visitor.post('/api/account/second-factor/remove', { code: code() });
    expect(refused.json).toMatchObject({ status: 409 });
    expect((await visitor.post('/api/account/second-factor/offer', {})).json).toMatchObject({
      field: 'code',
    });
    expect((await visitor.post('/api/account/second-factor/offer', { code: code() })).status).toBe(200);

    const user = await scene.hire(['reviewer']);
    const other = scene.visit(api);
    await other.signIn(user.login, officePassword);
    const own = await scene.setUpFactor(other);
    const renewed = await other.post('/api/account/second-factor/recovery-codes', { code: own.code() });
    expect((renewed.json as { recoveryCodes: string[] }).recoveryCodes).toHaveLength(10);
    scene.nextCode();
    expect((await other.post('/api/account/second-factor/remove', { code: own.code() })).status).toBe(204);
    expect(await factor(other)).toMatchObject({ state: 'off' });
  });
});

describe('who has none and must', () => {
  test('may put it off for a while; then it is set up at the door', async () => {
    const policy = { roles: ['director' as const], graceDays: 14, everyDoor: false };
    const strict = await scene.open({ secondFactor: policy });
    const user = await scene.hire(['director']);
    const visitor = scene.visit(strict);
    expect((await knock(visitor, user.login)).status).toBe(200);
    expect((await factor(visitor)).putOffUntil).not.toBeNull();
    scene.office.clock.advance(14 * 86_400_000);
    const later = scene.visit(strict);
    expect((await knock(later, user.login)).json).toMatchObject({ code: 'second-factor-set-up-required' });
    expect((await doors(later)).pending).toBe('set-up');
    expect((await prove(later, '000000')).status).toBe(401);
    expect((await later.get('/api/session')).status).toBe(401);
    const { offer, secret } = (await later.post('/api/session/second-factor/offer')).json as Record<
      string,
      string
    >;
    const wrong = await later.post('/api/session/second-factor/confirm', { offer, code: '000000' });
    expect(wrong.json).toMatchObject({ status: 400, field: 'code' });
    const { Secret, TOTP } = await import('otpauth');
    const totp = new TOTP({ secret: Secret.fromBase32(secret ?? '') });
    const code = totp.generate({ timestamp: Date.parse(scene.office.clock.now()) });
    const confirmed = await later.post('/api/session/second-factor/confirm', { offer, code });
    expect(confirmed.json).toMatchObject({ me: { login: user.login }, recoveryCodes: expect.any(Array) });
    expect((await later.get('/api/session')).status).toBe(200);
  });

  test('at the school’s own door it is asked for only where every door asks', async () => {
    const zhou = [{ provider: 'cas' as const, subject: '20190042' }];
    const user = await scene.hire(['director'], zhou);
    const setting = scene.visit(api);
    await setting.signIn(user.login, officePassword);
    const { code } = await scene.setUpFactor(setting);
    const visitor = scene.visit(api);
    await visitor.get(await goToSchool(visitor, '/api/sign-in/cas'));
    expect((await visitor.get('/api/session')).status).toBe(200);

    const everyDoor = await scene.open({
      secondFactor: { roles: ['director'], graceDays: 14, everyDoor: true },
    });
    const asked = scene.visit(everyDoor);
    await asked.get(await goToSchool(asked, '/api/sign-in/cas'));
    expect((await doors(asked)).pending).toBe('prove');
    expect((await asked.get('/api/session')).status).toBe(401);
    expect((await prove(asked, code())).status).toBe(200);
    expect((await asked.get('/api/session')).status).toBe(200);
  });
});

describe('where the school’s sign-in is the rule', () => {
  test('a right password is answered as a wrong one is, but for an emergency account with its second factor', async () => {
    const closed = await scene.open({ password: 'emergency' });
    const plain = await scene.hire(['director']);
    const wrong = await knock(scene.visit(closed), plain.login, 'wrong');
    const right = await knock(scene.visit(closed), plain.login);
    const told = ({ json }: { json: unknown }) => ({ ...(json as object), instance: '' });
    expect(told(right)).toEqual(told(wrong));
    expect(right.headers.getSetCookie()).toEqual([]);
    expect((await doors(scene.visit(closed))).password).toBe('emergency');

    const kept = await scene.hire(['operator'], [], { emergency: true });
    const first = scene.visit(closed);
    expect((await knock(first, kept.login)).json).toMatchObject({ code: 'second-factor-set-up-required' });
    const { offer, secret } = (await first.post('/api/session/second-factor/offer')).json as Record<
      string,
      string
    >;
    const { Secret, TOTP } = await import('otpauth');
    const totp = new TOTP({ secret: Secret.fromBase32(secret ?? '') });
    const code = () => totp.generate({ timestamp: Date.parse(scene.office.clock.now()) });
    expect((await first.post('/api/session/second-factor/confirm', { offer, code: code() })).status).toBe(
      200,
    );
    scene.nextCode();
    const again = scene.visit(closed);
    expect((await knock(again, kept.login)).json).toMatchObject({ code: 'second-factor-required' });
    expect((await prove(again, code())).status).toBe(200);

    const used = (await scene.office.stores.users.find(kept.id))?.emergencyUses;
    expect(used).toHaveLength(2);
    const admin = scene.visit(api);
    await admin.signIn((await scene.hire(['account-admin'])).login, officePassword);
    expect((await admin.get(`/api/people/${kept.id}`)).json).toMatchObject({
      emergency: true,
      emergencyUses: used,
    });
  });
});
