import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openMemoryKeys } from '../../test/harness/memory-keys.ts';
import { openStores } from '../adapters/open-stores.ts';
import { otpauthCodes } from '../adapters/otpauth-codes.ts';
import { buildScryptPasswords } from '../adapters/scrypt-passwords.ts';
import { Conflict, InvalidInput, Permanent } from '../domain/errors.ts';
import type { User } from '../domain/user.ts';
import type { Stores } from '../ports/index.ts';
import { addUser } from './add-user.ts';
import { proveSecondFactor } from './prove-second-factor.ts';
import {
  assertMayChangeFactor,
  confirmSecondFactor,
  offerSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
} from './second-factor.ts';

const password = '长桥卧波 yuyue 41';
const passwords = buildScryptPasswords({ logN: 10, r: 8, p: 1 });
let clock: FakeClock;
let folder: string;
let stores: Stores;
let totpKeys: ReturnType<typeof openMemoryKeys>;
let user: User;

const portsNow = () => ({ stores, clock, passwords, totpKeys, codes: otpauthCodes });
const codeOf = (secret: string, offsetMs = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.parse(clock.now()) + offsetMs });
const stored = async () => (await stores.users.find(user.id)) as User;

beforeEach(async () => {
  clock = new FakeClock('2026-11-23T01:00:00.000Z');
  folder = mkdtempSync(join(tmpdir(), 'guanlan-totp-'));
  stores = openStores(folder, clock);
  totpKeys = openMemoryKeys('totp');
  const wanted = { login: 'zhou', name: '周', roles: ['director'], unitId: null, password };
  user = await addUser(wanted, null, portsNow());
});
afterEach(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

async function setUp() {
  const offered = offerSecondFactor(await stored(), portsNow());
  const code = codeOf(offered.secret);
  const { recoveryCodes } = await confirmSecondFactor(
    await stored(),
    { offer: offered.offer, code },
    portsNow(),
  );
  clock.advance(30_000);
  return { secret: offered.secret, recoveryCodes };
}
const isProved = async (code: string) => (await proveSecondFactor(user.id, code, portsNow())) !== null;

describe('setting up', () => {
  test('nothing is stored before a code has shown that the app works; then it is sealed', async () => {
    const offered = offerSecondFactor(user, portsNow());
    expect(await stored()).toEqual(user);
    const refused = confirmSecondFactor(user, { offer: offered.offer, code: '000000' }, portsNow());
    await expect(refused).rejects.toMatchObject({ field: 'code' });
    const { recoveryCodes } = await confirmSecondFactor(
      user,
      { offer: offered.offer, code: codeOf(offered.secret) },
      portsNow(),
    );
    expect(new Set(recoveryCodes).size).toBe(10);
    const raw = JSON.stringify(await stored());
    for (const secret of [offered.secret, ...recoveryCodes]) expect(raw).not.toContain(secret);
    expect((await stored()).totp?.confirmedAt).toBe(clock.now());
  });

  test('the code that set it up is used up', async () => {
    const offered = offerSecondFactor(user, portsNow());
    const code = codeOf(offered.secret);
    await confirmSecondFactor(user, { offer: offered.offer, code }, portsNow());
    expect(await isProved(code)).toBe(false);
  });

  test('an offer is one person’s, ends after fifteen minutes, and is void once another one was taken', async () => {
    const offered = offerSecondFactor(user, portsNow());
    const confirmAs = (one: User, offer = offered.offer) =>
      confirmSecondFactor(one, { offer, code: codeOf(offered.secret) }, portsNow());
    await expect(confirmAs({ ...user, id: 'someone-else' })).rejects.toMatchObject({ field: 'offer' });
    await expect(confirmAs(user, 'bm9uc2Vuc2U')).rejects.toMatchObject({ field: 'offer' });
    await setUp();
    await expect(confirmAs(await stored())).rejects.toThrow(Conflict);
    clock.advance(15 * 60_000);
    await expect(confirmAs(await stored())).rejects.toMatchObject({ field: 'offer' });
  });

  test('who has none gives the password again; who has one, a code of it', async () => {
    const may = async (given: { password?: string; code?: string }, asksPassword = true) =>
      assertMayChangeFactor(await stored(), { ...given, asksPassword }, portsNow());
    await expect(may({ password: 'wrong' })).rejects.toMatchObject({ field: 'password' });
    await expect(may({})).rejects.toThrow(InvalidInput);
    await may({ password });
    await may({}, false);
    const { secret } = await setUp();
    await expect(may({ password })).rejects.toMatchObject({ field: 'code' });
    await may({ code: codeOf(secret) });
  });
});

describe('proving', () => {
  test('a code is good once, also when it is sent many times at a time', async () => {
    const { secret } = await setUp();
    const code = codeOf(secret);
    const tries = await Promise.all([1, 2, 3].map(() => isProved(code)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await isProved(code)).toBe(false);
  });

  test('after a code, none of an earlier step is good any more', async () => {
    const { secret } = await setUp();
    clock.advance(60_000);
    expect(await isProved(codeOf(secret))).toBe(true);
    expect(await isProved(codeOf(secret, -30_000))).toBe(false);
    expect(await isProved(codeOf(secret, 30_000))).toBe(true);
  });

  test('each recovery code is good once, however it is typed', async () => {
    const { recoveryCodes } = await setUp();
    const [first = '', second = ''] = recoveryCodes;
    expect(await isProved(first)).toBe(true);
    expect(await isProved(first)).toBe(false);
    expect(await isProved(second.toLowerCase().replaceAll('-', ' '))).toBe(true);
    expect((await stored()).totp?.recovery).toHaveLength(8);
    expect(await isProved('AAAA-BBBB-CCCC')).toBe(false);
  });

  test('five wrong ones lock the account, against the right one too', async () => {
    const { secret } = await setUp();
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await isProved('000000')).toBe(false);
    expect(await isProved(codeOf(secret))).toBe(false);
    clock.advance(15 * 60_000);
    expect(await isProved(codeOf(secret))).toBe(true);
  });

  test('an account without one, or that is disabled, proves nothing', async () => {
    expect(await isProved('000000')).toBe(false);
    const { secret } = await setUp();
    await stores.users.update({ ...(await stored()), disabled: true });
    expect(await isProved(codeOf(secret))).toBe(false);
  });

  test('without its key nothing opens, and the key’s file is named', async () => {
    const { secret } = await setUp();
    totpKeys.lose((await stored()).totp?.kid ?? '');
    await expect(isProved(codeOf(secret))).rejects.toThrow(Permanent);
    await expect(isProved(codeOf(secret))).rejects.toThrow(/totp-/);
  });

  test('a secret that was copied to another account does not open', async () => {
    const { secret } = await setUp();
    const wanted = { login: 'other', name: '他', roles: ['editor'], unitId: null, password };
    const other = await addUser(wanted, null, portsNow());
    await stores.users.update({ ...other, totp: (await stored()).totp });
    await expect(proveSecondFactor(other.id, codeOf(secret), portsNow())).rejects.toThrow(Permanent);
  });
});

test('new recovery codes void those of before', async () => {
  const { secret, recoveryCodes } = await setUp();
  await expect(renewRecoveryCodes(user.id, '000000', portsNow())).rejects.toThrow(InvalidInput);
  const renewed = await renewRecoveryCodes(user.id, codeOf(secret), portsNow());
  expect(await isProved(recoveryCodes[0] ?? '')).toBe(false);
  expect(await isProved(renewed[0] ?? '')).toBe(true);
});

test('one’s own is taken away with a code, anybody’s is reset by the administrator', async () => {
  const { secret } = await setUp();
  await expect(removeSecondFactor(user.id, '000000', portsNow())).rejects.toThrow(InvalidInput);
  await removeSecondFactor(user.id, codeOf(secret), portsNow());
  expect((await stored()).totp).toBeNull();
  await setUp();
  await resetSecondFactor(user.id, { id: 'admin' }, portsNow());
  expect(await stored()).toMatchObject({ totp: null, failedLogins: 0 });
});
