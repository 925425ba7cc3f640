import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openMemoryKeys } from '../../test/harness/memory-keys.ts';
import { openSqliteFile, type SqliteFile } from '../../test/harness/sqlite-files.ts';
import { openCredentialStore } from '../adapters/sqlite/credential-store.ts';
import { Conflict, CredentialExpired, InvalidInput } from '../domain/errors.ts';
import type { CredentialStore } from '../ports/credential-store.ts';
import { type Credentials, openCredentials } from './credentials.ts';

const channel = 'weibo-main';
const secret = { cookie: 'SUB=CANARY金丝雀; SUBP=1' };
const byHand = { expiresAt: null, actorId: 'user-1' };
const dayMs = 86_400_000;

describe('credentials', () => {
  let file: SqliteFile;
  let store: CredentialStore;
  let keys: ReturnType<typeof openMemoryKeys>;
  let clock: FakeClock;
  let credentials: Credentials;
  beforeEach(() => {
    file = openSqliteFile();
    store = openCredentialStore(file.connect());
    keys = openMemoryKeys();
    clock = new FakeClock('2026-11-01T00:00:00.000Z');
    credentials = openCredentials({ store, keys, clock });
  });
  afterEach(() => file.close());

  const inDays = (days: number) => new Date(Date.parse(clock.now()) + days * dayMs).toISOString();
  const findSealed = async () => {
    const found = await store.find({ channelId: channel, kind: 'weibo-cookie' });
    if (found === null) throw new Error('nothing is sealed');
    return found;
  };

  it('open with what was saved, each version sealed anew', async () => {
    expect(await credentials.find(channel, 'weibo-cookie')).toBeNull();
    const facts = await credentials.save(channel, 'weibo-cookie', secret, byHand);
    expect(await credentials.find(channel, 'weibo-cookie')).toEqual({ secret, facts });
    const first = await findSealed();
    expect(Buffer.from(first.sealed).toString('latin1')).not.toContain('SUB=');
    await credentials.save(channel, 'weibo-cookie', secret, byHand);
    const second = await findSealed();
    expect(second.facts.version).toBe(2);
    expect(Buffer.from(second.sealed).equals(first.sealed)).toBe(false);
  });

  it('do not open in another place, as another version, or with a bit changed', async () => {
    await credentials.save(channel, 'weibo-cookie', secret, byHand);
    const { facts, kid, sealed } = await findSealed();
    const change = { id: clock.newId(), at: clock.now(), actorId: null };
    await store.save({ facts: { ...facts, channelId: 'other' }, kid, sealed }, change);
    await expect(credentials.find('other', 'weibo-cookie')).rejects.toThrow(CredentialExpired);
    const flipped = sealed.map((byte, i) => (i === sealed.length - 1 ? byte ^ 1 : byte));
    for (const bytes of [sealed, flipped, sealed.subarray(0, 5)]) {
      const version = (await store.readVersion(facts)) + 1;
      await store.save(
        { facts: { ...facts, version }, kid, sealed: bytes },
        { ...change, id: clock.newId() },
      );
      await expect(credentials.find(channel, 'weibo-cookie')).rejects.toThrow(/changed in the database/);
    }
  });

  it('name the key that is missing, and what to do', async () => {
    await credentials.save(channel, 'weibo-cookie', secret, byHand);
    const { kid } = keys.newest();
    keys.lose(kid);
    await expect(credentials.find(channel, 'weibo-cookie')).rejects.toThrow(
      `connector-${kid}.key, which is not in GUANLAN_KEYS`,
    );
    await credentials.save(channel, 'weibo-cookie', secret, byHand);
    expect((await credentials.find(channel, 'weibo-cookie'))?.secret).toEqual(secret);
  });

  it('are refused when they are malformed, in words that hold nothing of them', async () => {
    const wrong = { cookie: '', CANARYFIELD: 'CANARYVALUE' };
    const saving = credentials.save(channel, 'weibo-cookie', wrong, byHand);
    await expect(saving).rejects.toThrow(InvalidInput);
    await expect(saving).rejects.not.toThrow(/CANARY/);
    expect(await credentials.facts(channel)).toEqual([]);
  });

  it('once refused are ok again with a new version only', async () => {
    await credentials.save(channel, 'weibo-cookie', secret, byHand);
    const refusal = { version: 1, reason: 'ok:-100 用户张三请登录' };
    expect(await credentials.markRefused(channel, 'weibo-cookie', refusal)).toBe(true);
    expect(await credentials.facts(channel)).toMatchObject([{ state: 'refused', reason: 'ok:-100' }]);
    expect(await credentials.standing(channel, ['weibo-cookie'])).toBe('refused');
    await credentials.save(channel, 'weibo-cookie', secret, byHand);
    expect(await credentials.markRefused(channel, 'weibo-cookie', refusal)).toBe(false);
    expect(await credentials.standing(channel, ['weibo-cookie'])).toBe('ok');
  });

  it('follow the version they were meant to follow', async () => {
    await credentials.save(channel, 'weibo-cookie', secret, byHand);
    const late = { ...byHand, after: 0 };
    await expect(credentials.save(channel, 'weibo-cookie', secret, late)).rejects.toThrow(Conflict);
  });

  it('stand as the worst of those that the channel needs', async () => {
    const kinds = ['weibo-cookie', 'weibo-oauth'] as const;
    expect(await credentials.standing(channel, [])).toBe('none-needed');
    expect(await credentials.standing(channel, kinds)).toBe('missing');
    await credentials.save(channel, 'weibo-cookie', secret, byHand);
    expect(await credentials.standing(channel, kinds)).toBe('missing');
    const oauth = { accessToken: 'CANARYTOKEN', uid: '1234567890' };
    await credentials.save(channel, 'weibo-oauth', oauth, { ...byHand, expiresAt: inDays(20) });
    const walk: string[] = [];
    for (let day = 0; day <= 21; day += 1) {
      walk.push(await credentials.standing(channel, kinds));
      clock.advance(dayMs);
    }
    expect(walk).toEqual([
      ...Array(6).fill('ok'),
      ...Array(14).fill('expiring'),
      ...Array(2).fill('expired'),
    ]);
    expect(await credentials.standing(channel, ['weibo-cookie'])).toBe('ok');
    await credentials.remove(channel, 'weibo-cookie', 'user-1');
    expect(await credentials.standing(channel, kinds)).toBe('missing');
  });

  it('are sealed anew with the newest key, so that the older one can go', async () => {
    const expiresAt = inDays(30);
    const older = keys.newest().kid;
    await credentials.save(channel, 'weibo-cookie', secret, { ...byHand, expiresAt });
    await credentials.save('official', 'wechat-app', { appSecret: 's' }, byHand);
    await credentials.save('refused', 'wechat-app', { appSecret: 's' }, byHand);
    await credentials.markRefused('refused', 'wechat-app', { version: 1, reason: '40001' });
    const { file, count } = await credentials.rotateKey('user-1');
    expect([file, count]).toEqual([keys.fileOf(keys.newest().kid), 2]);
    keys.lose(older);
    expect(await credentials.find(channel, 'weibo-cookie')).toMatchObject({ secret, facts: { expiresAt } });
    expect((await credentials.find('official', 'wechat-app'))?.secret).toEqual({ appSecret: 's' });
    expect(await credentials.facts('refused')).toMatchObject([{ version: 1, state: 'refused' }]);
  });
});
