import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStores } from '../../pipeline/adapters/open-stores.ts';
import { buildScryptPasswords } from '../../pipeline/adapters/scrypt-passwords.ts';
import { authenticate } from '../../pipeline/commands/authenticate.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { buildUserCommand } from './user.ts';

const clock = new FakeClock();
const passwords = buildScryptPasswords({ logN: 10, r: 8, p: 1 });
let folder: string;
let stores: Stores;
let typed = '';
let printed: string[] = [];
let said: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-user-'));
  stores = openStores(folder, clock);
  printed = [];
  said = [];
});
afterEach(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

/** Runs beside a service that has the same folder open. */
async function run(...words: string[]): Promise<void> {
  const openContext = async () => {
    const own = openStores(folder, clock);
    return { stores: own, clock, passwords, close: own.close };
  };
  const terminal = {
    readInput: async () => typed,
    print: (line: string) => void printed.push(line),
    say: (line: string) => void said.push(line),
  };
  await buildUserCommand(openContext, terminal).exitOverride().parseAsync(words, { from: 'user' });
}

const addLi = ['add', '--login', 'li', '--name', '李老师', '--roles', 'reviewer,director'];
const signIn = (password: string) =>
  authenticate({ login: 'li', password, address: '' }, { stores, clock, passwords });

test('adds an account and prints a password once, which works', async () => {
  await run(...addLi);
  expect(printed).toEqual([expect.stringMatching(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/)]);
  expect(await signIn(printed[0] ?? '')).toMatchObject({ name: '李老师', roles: ['reviewer', 'director'] });
});

test('takes a password from standard input and does not print it', async () => {
  typed = 'tide over the estuary\n';
  await run(...addLi, '--password-stdin');
  expect(printed).toEqual([]);
  expect(await signIn('tide over the estuary')).not.toBeNull();
});

test.each([
  [['add', '--login', 'Li!', '--name', '李', '--roles', 'reviewer'], /login is not valid/],
  [['add', '--login', 'li', '--name', ' ', '--roles', 'reviewer'], /name must have/],
  [['add', '--login', 'li', '--name', '李', '--roles', 'king'], /no role "king"/],
  [['add', '--login', 'li', '--name', '李', '--roles', 'operator,auditor'], /operator and auditor together/],
  [['add', '--login', 'li', '--name', '李', '--roles', 'account-admin,auditor'], /account-admin and auditor/],
  [['add', '--login', 'li', '--name', '李', '--roles', 'reviewer', '--unit', 'none'], /no unit "none"/],
  [['disable', 'nobody'], /no account "nobody"/],
  [['unlock', 'nobody'], /no account/],
  [['reset-password', 'nobody'], /no account/],
])('%j is refused with a reason', async (words, reason) => {
  await expect(run(...words)).rejects.toThrow(reason);
  expect(await stores.users.list()).toEqual([]);
});

test('a weak password is refused, an empty one too', async () => {
  typed = 'password12345';
  await expect(run(...addLi, '--password-stdin')).rejects.toThrow('The password is refused.');
  typed = '\n';
  await expect(run(...addLi, '--password-stdin')).rejects.toThrow('no password');
});

test('a login is taken once', async () => {
  await run(...addLi);
  await expect(run(...addLi)).rejects.toThrow('The login "li" is taken.');
});

test('lists, disables, unlocks and resets; a reset or disabled account is signed out', async () => {
  await run(...addLi);
  const [first = ''] = printed;
  const user = await stores.users.findByLogin('li');
  const session = {
    ...{ id: 's', userId: user?.id ?? '', csrfToken: 'c', createdAt: clock.now() },
    ...{ lastSeenAt: clock.now(), expiresAt: '2027-01-01T00:00:00.000Z' },
    ...{ door: 'password' as const, device: '', ticket: null },
  };
  await stores.sessions.create(session);
  await run('disable', 'li');
  expect(await stores.sessions.find('s', clock.now())).toBeNull();
  expect(await signIn(first)).toBeNull();
  printed = [];
  await run('list');
  expect(printed[1]).toBe(['li', '李老师', 'reviewer,director', '', 'disabled', ''].join('\t'));
  await run('unlock', 'li');
  expect(await signIn(first)).not.toBeNull();
  printed = [];
  await run('reset-password', 'li');
  expect(await signIn(first)).toBeNull();
  expect(await signIn(printed[0] ?? '')).not.toBeNull();
});

test('sets roles and the last day of work; a leaver is enabled by neither, and the last administrator stays', async () => {
  await run(...addLi);
  await run('set', 'li', '--roles', 'analyst', '--leaves-on', '2026-03-01');
  expect(await stores.users.findByLogin('li')).toMatchObject({ roles: ['analyst'], leavesOn: '2026-03-01' });
  printed = [];
  await run('list');
  expect(printed[1]).toBe(['li', '李老师', 'analyst', '', 'left', '2026-03-01'].join('\t'));
  await expect(run('unlock', 'li')).rejects.toThrow('last day of work');
  await run('set', 'li', '--leaves-on', 'none', '--roles', 'account-admin');
  await run('unlock', 'li');
  await expect(run('set', 'li', '--roles', 'editor')).rejects.toThrow('nobody who manages accounts');
  await expect(run('disable', 'li')).rejects.toThrow('Nobody who manages accounts');
});

test.each([
  [['set', 'li'], /nothing to change/],
  [['set', 'li', '--leaves-on', 'soon'], /"soon" is no date/],
  [['set', 'li', '--student', 'perhaps'], /neither/],
  [['set', 'li', '--student', 'yes'], /no role but editor/],
  [['set', 'li', '--unit', 'none-such'], /no unit/],
  [['set', 'li', '--roles', 'operator,auditor'], /together/],
  [['end-sessions', 'nobody'], /no account/],
])('%j is refused', async (words, reason) => {
  await run(...addLi);
  await expect(run(...words)).rejects.toThrow(reason);
  expect(await stores.users.findByLogin('li')).toMatchObject({ roles: ['reviewer', 'director'], version: 1 });
});

test('ends sessions, and a made password must be changed', async () => {
  await run(...addLi);
  const user = await stores.users.findByLogin('li');
  expect(user?.mustChangePassword).toBe(true);
  const session = {
    ...{ id: 's', userId: user?.id ?? '', csrfToken: 'c', createdAt: clock.now() },
    ...{ lastSeenAt: clock.now(), expiresAt: '2027-01-01T00:00:00.000Z' },
    ...{ door: 'password' as const, device: '', ticket: null },
  };
  await stores.sessions.create(session);
  await run('end-sessions', 'li');
  expect(await stores.sessions.find('s', clock.now())).toBeNull();
});

test('says who an account is at the school’s own sign-in, one account for one person', async () => {
  await run(...addLi);
  await run('identity', 'li', '--provider', 'cas', '--subject', ' 20190042 ');
  const identity = { provider: 'cas' as const, subject: '20190042' };
  expect(await stores.users.findByIdentity(identity)).toMatchObject({ login: 'li' });
  await run('add', '--login', 'wang', '--name', '王老师', '--roles', 'reviewer');
  await expect(run('identity', 'wang', '--provider', 'cas', '--subject', '20190042')).rejects.toThrow(
    '20190042',
  );
  await expect(run('identity', 'wang', '--provider', 'ldap', '--subject', 'x')).rejects.toThrow('ldap');
  await expect(run('identity', 'wang', '--provider', 'cas', '--subject', ' ')).rejects.toThrow(
    /subject|name/,
  );
  await run('identity', 'li', '--provider', 'cas');
  expect(await stores.users.findByIdentity(identity)).toBeNull();
});

test('keeps an account for emergencies, and takes a lost second factor away', async () => {
  await run(...addLi);
  await run('emergency', 'li');
  const kept = await stores.users.findByLogin('li');
  expect(kept?.emergency).toBe(true);
  const totp = { sealed: 'x', kid: 'k', confirmedAt: clock.now(), lastStep: 1, recovery: ['d'] };
  if (kept !== null) await stores.users.update({ ...kept, totp });
  await run('reset-second-factor', 'li');
  await run('emergency', 'li', '--off');
  expect(await stores.users.findByLogin('li')).toMatchObject({ totp: null, emergency: false });
});
