import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildConfig } from '../../config/config.ts';
import type { Env } from '../../config/env.ts';
import { User } from '../../pipeline/domain/user.ts';
import { type IdentityServer, startIdentityServer } from '../../test/campus/identity-server.ts';
import { checkSignIn } from './doctor-sign-in.ts';

let school: IdentityServer;
beforeAll(async () => {
  school = await startIdentityServer();
});
afterAll(() => school.close());

const address = { GUANLAN_PUBLIC_URL: 'https://guanlan.example.edu.cn' };
const check = (env: Env, accounts: User[] = []) => checkSignIn(buildConfig(env, '.'), { accounts });
const account = (login: string, change: Partial<User> = {}) =>
  User.parse({
    ...{ id: login, version: 1, login, name: login, unitId: null, roles: ['operator'], passwordHash: 'x' },
    ...{ failedLogins: 0, lockedUntil: null, disabled: false, createdAt: '2026-11-23T00:00:00.000Z' },
    ...change,
  });
const totp = { sealed: 'x', kid: 'k', confirmedAt: '2026-11-23T00:00:00.000Z', lastStep: 1, recovery: [] };

it('asks nobody where there is only the password', async () => {
  expect(await check({})).toEqual({ mark: 'ok', says: 'by password' });
});

it('says that there is no address to send people back to', async () => {
  const { mark, says } = await check({ GUANLAN_CAS_URL: school.cas });
  expect(mark).toBe('fail');
  expect(says).toContain('GUANLAN_PUBLIC_URL is missing');
});

it('says which server does not answer as it should, and how', async () => {
  const away = await check({ ...address, GUANLAN_CAS_URL: 'http://127.0.0.1:9/cas' });
  expect(away).toMatchObject({ mark: 'fail', says: expect.stringMatching(/^cas: .*127\.0\.0\.1:9/) });
  school.control.manner = 'not-there';
  expect((await check({ ...address, GUANLAN_CAS_URL: school.cas })).says).toContain('GUANLAN_CAS_PROTOCOL');
  school.control.manner = 'plain';
  expect(await check({ ...address, GUANLAN_CAS_URL: school.cas })).toEqual({
    mark: 'ok',
    says: 'by password and CAS',
  });
});

it('asks for an emergency account with a second factor where the password is shut', async () => {
  const env: Env = { ...address, GUANLAN_CAS_URL: school.cas, GUANLAN_PASSWORD_SIGN_IN: 'emergency' };
  expect(await check(env, [account('li')])).toMatchObject({
    mark: 'warn',
    says: expect.stringContaining('no emergency'),
  });
  const bare = account('safe', { emergency: true });
  expect(await check(env, [bare])).toMatchObject({ mark: 'warn', says: expect.stringContaining('safe') });
  expect(await check(env, [{ ...bare, totp }])).toMatchObject({ mark: 'ok' });
});
