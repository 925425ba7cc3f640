import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openStores } from '../adapters/open-stores.ts';
import { buildScryptPasswords } from '../adapters/scrypt-passwords.ts';
import type { Stores } from '../ports/index.ts';
import type { Passwords } from '../ports/passwords.ts';
import { addUser } from './add-user.ts';
import { authenticate } from './authenticate.ts';
import { disableUser } from './change-user.ts';

const password = '长桥卧波 yuyue 41';
const clock = new FakeClock();
const real = buildScryptPasswords({ logN: 10, r: 8, p: 1 });
let folder: string;
let stores: Stores;
let computed = 0;
/** The real thing, counted. */
const passwords: Passwords = {
  hash: real.hash,
  verify: (given, hash) => {
    computed += 1;
    return real.verify(given, hash);
  },
};

const signIn = (login: string, given: string) =>
  authenticate({ login, password: given, address: '127.0.0.1' }, { stores, clock, passwords });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-authenticate-'));
  stores = openStores(folder, clock);
  for (const login of ['wang', 'gone', 'locked']) {
    const ports = { stores, clock, passwords };
    const { id } = await addUser(
      { login, name: login, roles: ['editor'], unitId: null, password },
      null,
      ports,
    );
    if (login === 'gone') await disableUser(ports, id, { actorId: null });
  }
  for (let attempt = 0; attempt < 5; attempt += 1) await signIn('locked', 'wrong');
});
afterAll(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

test.each([
  ['the right password', 'wang', password, true],
  ['a login typed with capitals and spaces', ' Wang ', password, true],
  ['a wrong password', 'wang', 'wrong', false],
  ['an unknown account', 'nobody', password, false],
  ['a login that cannot be one', "' OR 1=1", password, false],
  ['a disabled account', 'gone', password, false],
  ['a locked account', 'locked', password, false],
])('%s costs one password computation', async (_name, login, given, passes) => {
  computed = 0;
  expect((await signIn(login, given)) !== null).toBe(passes);
  expect(computed).toBe(1);
});

test('a lock is not made longer by trying on', async () => {
  const before = (await stores.users.findByLogin('locked'))?.lockedUntil;
  clock.advance(60_000);
  await signIn('locked', 'wrong');
  expect((await stores.users.findByLogin('locked'))?.lockedUntil).toBe(before);
  clock.advance(14 * 60_000);
  expect(await signIn('locked', password)).not.toBeNull();
});

test('a crowd at the door locks nobody out', async () => {
  expect(await signIn('wang', password)).not.toBeNull();
  const crowd = Array.from({ length: 40 }, () => signIn('nobody', password).catch(() => 'turned away'));
  const refused = Array.from({ length: 10 }, () => signIn('wang', password));
  const outcomes = await Promise.allSettled(refused);
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
  expect(await Promise.all(crowd)).toContain('turned away');
  expect(await stores.users.findByLogin('wang')).toMatchObject({ failedLogins: 0, lockedUntil: null });
  expect(await signIn('wang', password)).not.toBeNull();
});
