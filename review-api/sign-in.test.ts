import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { User } from '../pipeline/domain/user.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { officePassword } from '../test/harness/office.ts';
import { goToSchool, openSignInScene, type SignInScene } from '../test/harness/sign-in-scene.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import type { Me } from './contract/session.ts';
import type { SignInDoors } from './contract/sign-in.ts';
import type { RunningApi } from './main.ts';

let scene: SignInScene;
let api: RunningApi;

const zhou = [{ provider: 'cas' as const, subject: '20190042' }];
const me = async (visitor: Visitor) => (await visitor.get('/api/session')).json as Me;
const doors = async (visitor: Visitor) => (await visitor.get('/api/sign-in/doors')).json as SignInDoors;

async function readAudit(action: string): Promise<Record<string, unknown>[]> {
  const { audit } = scene.office.stores;
  await audit.linkPending(1, 1000);
  const found: Record<string, unknown>[] = [];
  for (const chain of await audit.listChains()) {
    for (const { entry, payload } of await audit.readChain(chain, 0, 1000)) {
      if (entry !== null && entry !== 'unreadable' && entry.action === action) found.push({ ...payload });
    }
  }
  return found;
}

describeSetUps('the school’s own sign-in', (emptyPlace) => {
  beforeEach(async () => {
    scene = await openSignInScene(await emptyPlace());
    api = await scene.open();
  });
  afterEach(() => scene.close());

  test('CAS leads in, to where one wanted to go, with a session of that door', async () => {
    const user = await scene.hire(['reviewer'], zhou);
    const visitor = scene.visit(api);
    const back = await goToSchool(visitor, '/api/sign-in/cas?returnTo=%23%2Freview%2Fcase-1');
    const entered = await visitor.get(back);
    expect(entered.status).toBe(302);
    expect(entered.headers.get('location')).toBe('/#/review/case-1');
    expect(await me(visitor)).toMatchObject({ login: user.login, roles: ['reviewer'] });
    expect([...visitor.jar.keys()]).toEqual(['guanlan_session']);
    expect(await readAudit('login')).toHaveLength(1);
    expect(scene.office.log()).not.toMatch(/ST-\d|20190042/);
  });

  test('企业微信 leads in too, and its openid is nowhere', async () => {
    await scene.hire(['reviewer'], [{ provider: 'wecom', subject: 'ZhouWangShu' }]);
    const visitor = scene.visit(api);
    await visitor.get(await goToSchool(visitor, '/api/sign-in/wecom'));
    expect(await me(visitor)).toMatchObject({ roles: ['reviewer'] });
    scene.school.control.person = { number: '1', userid: null };
    const stranger = scene.visit(api);
    await stranger.get(await goToSchool(stranger, '/api/sign-in/wecom'));
    expect((await doors(stranger)).outcome?.code).toBe('not-a-member');
    expect(scene.office.log()).not.toContain('CANARY');
  });

  test('nobody gets an account by signing in; the person is told who the school says it is, once, and the log keeps a digest', async () => {
    const visitor = scene.visit(api);
    const answered = await visitor.get(await goToSchool(visitor, '/api/sign-in/cas'));
    expect(answered.headers.get('location')).toBe('/');
    const { outcome } = await doors(visitor);
    expect(outcome).toMatchObject({ code: 'stranger', subject: '20190042' });
    expect(outcome?.reference).toMatch(/^[A-Z0-9]{6}$/);
    expect((await doors(visitor)).outcome).toBeNull();
    expect((await visitor.get('/api/session')).status).toBe(401);
    expect(await scene.office.stores.users.list()).toEqual([]);
    const [refusal] = await readAudit('login.refused');
    expect(JSON.stringify(refusal)).toContain(outcome?.reference);
    expect(JSON.stringify(refusal)).not.toContain('20190042');
  });

  test('who has left, or is disabled, is told so and stays outside', async () => {
    await scene.hire(['reviewer'], zhou, { disabled: true });
    const visitor = scene.visit(api);
    await visitor.get(await goToSchool(visitor, '/api/sign-in/cas'));
    expect((await doors(visitor)).outcome).toMatchObject({ code: 'closed', subject: null });
    expect((await visitor.get('/api/session')).status).toBe(401);
  });

  test('single logout ends the session that the ticket opened, and no other', async () => {
    await scene.hire(['reviewer'], zhou);
    const [first, second] = [scene.visit(api), scene.visit(api)];
    const back = await goToSchool(first, '/api/sign-in/cas');
    await first.get(back);
    await second.get(await goToSchool(second, '/api/sign-in/cas'));
    const ticket = new URLSearchParams(back.split('?')[1]).get('ticket') ?? '';
    const end = (index: string) =>
      scene.visit(api).send('POST', '/api/sign-in/cas/callback', {
        raw: new URLSearchParams({
          logoutRequest: `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><samlp:SessionIndex>${index}</samlp:SessionIndex></samlp:LogoutRequest>`,
        }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect((await end('ST-unknown')).status).toBe(200);
    expect((await me(first)).roles).toEqual(['reviewer']);
    expect((await end(ticket)).status).toBe(200);
    expect((await first.get('/api/session')).status).toBe(401);
    expect((await me(second)).roles).toEqual(['reviewer']);
  });

  test('single logout also ends a session that went on after a new password', async () => {
    await scene.hire(['reviewer'], zhou);
    const visitor = scene.visit(api);
    const back = await goToSchool(visitor, '/api/sign-in/cas');
    await visitor.get(back);
    visitor.csrfToken = (await me(visitor)).csrfToken;
    const passwords = { currentPassword: officePassword, newPassword: '海阔天空-mingyue-88' };
    expect((await visitor.post('/api/session/password', passwords)).status).toBe(200);
    const index = new URLSearchParams(back.split('?')[1]).get('ticket') ?? '';
    await scene.visit(api).send('POST', '/api/sign-in/cas/callback', {
      raw: new URLSearchParams({
        logoutRequest: `<LogoutRequest xmlns="urn:oasis:names:tc:SAML:2.0:protocol"><SessionIndex>${index}</SessionIndex></LogoutRequest>`,
      }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect((await visitor.get('/api/session')).status).toBe(401);
  });

  test('whoever came in by an identity that is taken from the account is out', async () => {
    const user = await scene.hire(['reviewer'], zhou);
    const [bySchool, byPassword, admin] = [scene.visit(api), scene.visit(api), scene.visit(api)];
    await bySchool.get(await goToSchool(bySchool, '/api/sign-in/cas'));
    await byPassword.signIn(user.login, officePassword);
    await admin.signIn((await scene.hire(['account-admin'])).login, officePassword);
    const edit = async (change: object) => {
      const { seen } = (await admin.get(`/api/people/${user.id}`)).json as { seen: string };
      return admin.post(`/api/people/${user.id}`, { seen, ...change });
    };
    const wecom = { provider: 'wecom', subject: 'ZhouWangShu' };
    expect((await edit({ identities: [...zhou, wecom] })).status).toBe(200);
    expect((await bySchool.get('/api/session')).status).toBe(200);
    const other = { provider: 'cas', subject: '20190043' };
    expect((await edit({ identities: [other, wecom] })).status).toBe(200);
    expect((await bySchool.get('/api/session')).status).toBe(401);
    expect((await byPassword.get('/api/session')).status).toBe(200);
  });

  test('what is no form says nothing to single logout', async () => {
    for (const body of [[1], { logoutRequest: { toString: 1 } }, {}]) {
      expect((await scene.visit(api).post('/api/sign-in/cas/callback', body)).status).toBe(200);
    }
  });
});

describe('a sign-in on its way', () => {
  let user: User;
  beforeAll(async () => {
    scene = await openSignInScene();
    api = await scene.open();
    user = await scene.hire(['reviewer'], zhou);
  });
  afterEach(() => {
    scene.school.control.manner = 'plain';
  });
  afterAll(() => scene.close());

  const outcomeOf = async (visitor: Visitor, path: string) => {
    await visitor.get(path);
    return (await doors(visitor)).outcome?.code ?? 'in';
  };

  test('another browser’s is not taken: nobody is slipped into somebody else’s account', async () => {
    const attacker = scene.visit(api);
    const planted = await goToSchool(attacker, '/api/sign-in/cas');
    expect(await outcomeOf(scene.visit(api), planted)).toBe('not-begun-here');
    const victim = scene.visit(api);
    await goToSchool(victim, '/api/sign-in/cas');
    expect(await outcomeOf(victim, planted)).toBe('not-begun-here');
    expect((await victim.get('/api/session')).status).toBe(401);
  });

  test('is good once, for its own door, and for ten minutes', async () => {
    const visitor = scene.visit(api);
    const back = await goToSchool(visitor, '/api/sign-in/cas');
    const flow = visitor.cookie;
    expect(await outcomeOf(visitor, back)).toBe('in');
    const again = scene.visit(api);
    again.cookie = flow;
    expect(await outcomeOf(again, back)).toBe('not-begun-here');
    const crossed = scene.visit(api);
    const other = await goToSchool(crossed, '/api/sign-in/cas');
    expect(await outcomeOf(crossed, other.replace('/cas/', '/wecom/'))).toBe('not-begun-here');
    const late = scene.visit(api);
    const path = await goToSchool(late, '/api/sign-in/cas');
    scene.office.clock.advance(10 * 60_000);
    expect(await outcomeOf(late, path)).toBe('not-begun-here');
  });

  test('a cookie that was tampered with is none', async () => {
    const visitor = scene.visit(api);
    const back = await goToSchool(visitor, '/api/sign-in/cas');
    const [body = '', mac = ''] = (visitor.jar.get('guanlan_flow') ?? '').split('.');
    const opened = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as {
      kept: { returnTo: string };
    };
    opened.kept.returnTo = 'https://evil.example/';
    const forged = Buffer.from(JSON.stringify(opened)).toString('base64url');
    visitor.jar.set('guanlan_flow', `${forged}.${mac}`);
    expect(await outcomeOf(visitor, back)).toBe('not-begun-here');
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '#//evil.example',
    '/\\evil.example',
    '#/a%0d%0aSet-Cookie: x=1',
    'javascript:alert(1)',
    `#/${'a'.repeat(300)}`,
  ])('leads to our own places only: not to %s', async (returnTo) => {
    const visitor = scene.visit(api);
    const query = new URLSearchParams({ returnTo }).toString();
    const entered = await visitor.get(await goToSchool(visitor, `/api/sign-in/cas?${query}`));
    const location = entered.headers.get('location') ?? '';
    expect(location === '/' || location.startsWith('/#/')).toBe(true);
    expect(new URL(location, 'http://guanlan.test').origin).toBe('http://guanlan.test');
  });

  test('ends the session that the browser had: nothing of before is carried over', async () => {
    const visitor = scene.visit(api);
    await visitor.signIn(user.login, officePassword);
    const before = visitor.cookie;
    await visitor.get(await goToSchool(visitor, '/api/sign-in/cas'));
    expect(visitor.cookie).not.toBe(before);
    const old = scene.visit(api);
    old.cookie = before;
    expect((await old.get('/api/session')).status).toBe(401);
  });

  test('what the school’s server does wrong is said on the page, and in the log without a ticket', async () => {
    for (const [manner, code] of [
      ['error-500', 'unavailable'],
      ['document-type', 'garbled'],
      ['not-there', 'misconfigured'],
    ] as const) {
      scene.school.control.manner = 'plain';
      const visitor = scene.visit(api);
      const back = await goToSchool(visitor, '/api/sign-in/cas');
      scene.school.control.manner = manner;
      expect(await outcomeOf(visitor, back)).toBe(code);
    }
    expect(scene.office.log()).toContain('a sign-in was refused');
    expect(scene.office.log()).not.toMatch(/ST-\d/);
  });

  test('signing out there is offered, and leads back to us', async () => {
    const there = (await scene.visit(api).get('/api/sign-in/cas/sign-out')).headers.get('location') ?? '';
    expect(there).toBe(`${scene.school.cas}/logout?service=${encodeURIComponent('http://guanlan.test/')}`);
    expect((await scene.visit(api).get('/api/sign-in/oidc')).status).toBe(404);
  });

  test('the cookie of the way there comes back from another site; the others never leave with one', async () => {
    const secure = await scene.open({}, { behindTls: true, publicOrigin: 'https://guanlan.test' });
    const [line = ''] = (await scene.visit(secure).get('/api/sign-in/cas')).headers.getSetCookie();
    expect(line).toMatch(
      /^__Host-guanlan-flow=[\w-]+\.[\w-]+; Max-Age=600; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
    );
  });
});
