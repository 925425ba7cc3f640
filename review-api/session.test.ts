import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, officePassword, openOffice } from '../test/harness/office.ts';
import { Me } from './contract/session.ts';

let office: Office;

const minute = 60_000;

/** How often an action stands in the audit log, once everything is linked. */
async function readAudit(action: string): Promise<number> {
  const { audit } = office.stores;
  await audit.linkPending(1, 1000);
  let count = 0;
  for (const chain of await audit.listChains()) {
    for (const { entry } of await audit.readChain(chain, 0, 1000)) {
      if (entry !== null && entry !== 'unreadable' && entry.action === action) count += 1;
    }
  }
  return count;
}

describeSetUps('sessions over HTTP', (emptyPlace) => {
  beforeEach(async () => {
    office = await openOffice({}, await emptyPlace());
  });
  afterEach(() => office.close());

  describe('signing in', () => {
    test('answers who one is, and sets a cookie that scripts and other sites cannot use', async () => {
      const login = await office.hire(['reviewer', 'director']);
      const reply = await office.visit().post('/api/session', { login, password: officePassword });
      expect(reply.status).toBe(200);
      expect(reply.headers.getSetCookie()).toEqual([
        expect.stringMatching(/^guanlan_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
      ]);
      const me = Me.parse(reply.json);
      expect(me).toMatchObject({ login, roles: ['reviewer', 'director'], idleMinutes: 30 });
      expect(me.queues).toEqual(['review', 'service', 'operations']);
      expect(me.csrfToken.length).toBeGreaterThanOrEqual(43);
      expect(reply.text).not.toContain('scrypt');
    });

    test('behind TLS the cookie is bound to this host and to https', async () => {
      const secure = await openOffice({ behindTls: true, publicOrigin: 'https://guanlan.example' });
      const login = await secure.hire(['reviewer']);
      const reply = await secure.visit().post('/api/session', { login, password: officePassword });
      expect(reply.headers.getSetCookie()[0]).toMatch(
        /^__Host-guanlan=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
      expect(reply.headers.get('strict-transport-security')).toContain('max-age=31536000');
      await secure.close();
    });

    test('wrong, unknown, disabled and locked are answered alike', async () => {
      const login = await office.hire(['reviewer']);
      const gone = await office.hire(['editor'], 'gone');
      const user = await office.stores.users.findByLogin(gone);
      if (user !== null) await office.stores.users.update({ ...user, disabled: true });
      const answers = [];
      for (const [name, password] of [
        [login, 'wrong'],
        ['nobody', officePassword],
        [gone, officePassword],
        ['不存在', 'x'],
      ]) {
        const reply = await office.visit().post('/api/session', { login: name, password });
        expect(reply.headers.getSetCookie()).toEqual([]);
        answers.push({ ...(reply.json as object), instance: '' });
      }
      expect(answers[0]).toMatchObject({ status: 401, code: 'sign-in-failed' });
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(await readAudit('login.failed')).toBe(4);
    });

    test('five wrong in a row lock the account for fifteen minutes, also against the right password', async () => {
      const login = await office.hire(['reviewer']);
      const visitor = office.visit();
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        expect((await visitor.post('/api/session', { login, password: 'wrong' })).status).toBe(401);
      }
      expect(await readAudit('login.locked')).toBe(1);
      const right = { login, password: officePassword };
      expect((await visitor.post('/api/session', right)).status).toBe(401);
      office.clock.advance(15 * minute - 1);
      expect((await visitor.post('/api/session', right)).status).toBe(401);
      office.clock.advance(1);
      expect((await visitor.post('/api/session', right)).status).toBe(200);
      expect(await readAudit('login')).toBe(1);
    });

    test('a right password in between starts the count again', async () => {
      const login = await office.hire(['reviewer']);
      for (let round = 0; round < 3; round += 1) {
        for (let attempt = 1; attempt <= 4; attempt += 1) {
          await office.visit().post('/api/session', { login, password: 'wrong' });
        }
        expect((await office.visit().post('/api/session', { login, password: officePassword })).status).toBe(
          200,
        );
      }
    });

    test('guesses sent at the same time do not escape the lockout', async () => {
      const login = await office.hire(['reviewer']);
      const guesses = Array.from({ length: 12 }, (_, n) =>
        office.visit().post('/api/session', { login, password: `guess ${n}` }),
      );
      await Promise.all(guesses);
      expect((await office.stores.users.findByLogin(login))?.failedLogins).toBe(5);
      expect((await office.visit().post('/api/session', { login, password: officePassword })).status).toBe(
        401,
      );
    });

    test('twenty wrong from one address do not shut out the office behind it', async () => {
      for (let attempt = 0; attempt < 25; attempt += 1) {
        await office.visit().post('/api/session', { login: `nobody${attempt}`, password: 'wrong' });
      }
      const login = await office.hire(['reviewer']);
      expect((await office.visit().post('/api/session', { login, password: officePassword })).status).toBe(
        200,
      );
    });

    test('one address that fails twenty times with one account is turned away there', async () => {
      const login = await office.hire(['reviewer']);
      for (let attempt = 0; attempt < 20; attempt += 1) {
        await office.visit().post('/api/session', { login, password: 'wrong' });
      }
      const reply = await office.visit().post('/api/session', { login, password: officePassword });
      expect(reply.status).toBe(429);
      expect(reply.headers.get('retry-after')).toBe('900');
      office.clock.advance(15 * minute);
      expect((await office.visit().post('/api/session', { login, password: officePassword })).status).toBe(
        200,
      );
    });
  });

  describe('a session', () => {
    test('ends after thirty idle minutes, and activity keeps it', async () => {
      const visitor = await office.visitAs('reviewer');
      for (let turn = 0; turn < 3; turn += 1) {
        office.clock.advance(29 * minute);
        expect((await visitor.get('/api/session')).status).toBe(200);
      }
      office.clock.advance(30 * minute);
      expect((await visitor.get('/api/session')).status).toBe(401);
      expect((await visitor.get('/api/session')).status).toBe(401);
    });

    test('is not kept alive by what a page asks by itself', async () => {
      const visitor = await office.visitAs('reviewer');
      for (let turn = 0; turn < 2; turn += 1) {
        office.clock.advance(14 * minute);
        expect((await visitor.get('/api/queues')).status).toBe(200);
        const headers = { 'x-guanlan-background': '1' };
        const polled = await visitor.send('GET', '/api/cases?queue=review', { headers });
        expect(polled.status).toBe(200);
      }
      office.clock.advance(2 * minute);
      expect((await visitor.get('/api/queues')).status).toBe(401);
    });

    test('ends after twelve hours, active or not', async () => {
      const visitor = await office.visitAs('reviewer');
      for (let turn = 0; turn < 24; turn += 1) {
        expect((await visitor.get('/api/session')).status).toBe(200);
        office.clock.advance(minute * 30 - 1000);
      }
      office.clock.advance(25_000);
      expect((await visitor.get('/api/session')).status).toBe(401);
    });

    test('ends with logout, in the store too', async () => {
      const visitor = await office.visitAs('reviewer');
      const { cookie } = visitor;
      expect((await visitor.send('DELETE', '/api/session')).status).toBe(204);
      expect(visitor.cookie).toBeNull();
      visitor.cookie = cookie;
      expect((await visitor.get('/api/session')).status).toBe(401);
      expect(await readAudit('logout')).toBe(1);
    });

    test('is a new one at every sign-in, and the old one ends', async () => {
      const visitor = office.visit();
      const login = await office.hire(['reviewer']);
      await visitor.signIn(login, officePassword);
      const { cookie: first } = visitor;
      await visitor.signIn(login, officePassword);
      expect(visitor.cookie).not.toBe(first);
      visitor.cookie = first;
      expect((await visitor.get('/api/session')).status).toBe(401);
    });

    test('a planted second cookie is no session', async () => {
      const visitor = await office.visitAs('reviewer');
      visitor.cookie = `${visitor.cookie}; guanlan_session=${'A'.repeat(43)}`;
      expect((await visitor.get('/api/session')).status).toBe(401);
    });

    test('of an account that is disabled meanwhile ends at once', async () => {
      const login = await office.hire(['reviewer']);
      const visitor = office.visit();
      const { id } = await visitor.signIn(login, officePassword);
      const user = await office.stores.users.find(id);
      if (user !== null) await office.stores.users.update({ ...user, disabled: true });
      expect((await visitor.get('/api/queues')).status).toBe(401);
    });
  });

  test('the log holds no password, cookie, token or address with its query', async () => {
    const visitor = await office.visitAs('reviewer');
    await visitor.get('/api/search?q=CANARYWORD&purpose=CANARYPURPOSE');
    await visitor.post('/api/session', { login: 'CANARYLOGIN', password: 'CANARYPASSWORD' });
    const log = office.log();
    expect(log).toContain('/api/search');
    for (const secret of ['CANARY', officePassword, visitor.csrfToken, visitor.cookie?.split('=')[1]]) {
      expect(log).not.toContain(secret ?? 'missing');
    }
  });
});

test('the bytes of the store hold neither the password nor what opens a session', async () => {
  office = await openOffice();
  const visitor = await office.visitAs('reviewer');
  const bytes = Buffer.concat(
    readdirSync(office.folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => readFileSync(join(office.folder, name))),
  );
  expect(bytes.includes(visitor.csrfToken ?? 'missing')).toBe(true);
  expect(bytes.includes(officePassword)).toBe(false);
  expect(bytes.includes(visitor.cookie?.split('=')[1] ?? 'missing')).toBe(false);
  await office.close();
});
