import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CredentialFacts, CredentialKind } from '../../pipeline/domain/credential.ts';
import { Conflict } from '../../pipeline/domain/errors.ts';
import type { AuditLog } from '../../pipeline/ports/audit-log.ts';
import type { CredentialStore, SealedCredential } from '../../pipeline/ports/credential-store.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedCredentials {
  credentials: CredentialStore;
  audit: AuditLog;
  close(): Promise<void>;
}

const key = { channelId: 'weibo-main', kind: 'weibo-cookie' } as const;

export function credentialStoreContract(open: () => Promise<OpenedCredentials>): void {
  let opened: OpenedCredentials;
  let store: CredentialStore;
  let clock: FakeClock;
  beforeEach(async () => {
    opened = await open();
    store = opened.credentials;
    clock = new FakeClock();
  });
  afterEach(() => opened.close());

  const change = (actorId: string | null = 'user-1') => ({ id: clock.newId(), at: clock.now(), actorId });
  const build = (
    version: number,
    other: { channelId?: string; kind?: CredentialKind; expiresAt?: string; sealed?: string } = {},
  ): SealedCredential => {
    const { sealed = `sealed ${version} 密封`, ...place } = other;
    const facts: CredentialFacts = {
      ...{ ...key, version, state: 'ok', expiresAt: null, savedAt: clock.now(), reason: null },
      ...place,
    };
    return { facts, kid: '20261122T010203Z', sealed: new Uint8Array([0, 255, ...Buffer.from(sealed)]) };
  };
  const listActions = async () => {
    await opened.audit.linkPending(1, 100);
    const entries: string[] = [];
    for (const chain of await opened.audit.listChains())
      for (const { entry, payload } of await opened.audit.readChain(chain, 0, 100))
        if (entry !== null && entry !== 'unreadable')
          entries.push(`${entry.action} ${entry.subject} ${entry.actorId} ${payload?.body}`);
    return entries;
  };

  it('gives back what was saved, byte by byte, and as a copy', async () => {
    expect(await store.find(key)).toBeNull();
    expect(await store.readVersion(key)).toBe(0);
    const saved = build(1, { expiresAt: '2026-12-31T00:00:00.000Z' });
    await store.save(saved, change());
    const expected = structuredClone(saved);
    saved.sealed.fill(7);
    const found = await store.find(key);
    expect(found).toEqual(expected);
    found?.sealed.fill(9);
    expect(await store.find(key)).toEqual(expected);
    expect(await store.readVersion(key)).toBe(1);
  });

  it('lists facts by channel and kind, and nothing that is sealed', async () => {
    await store.save(build(1), change());
    await store.save(build(1, { kind: 'weibo-app' }), change());
    await store.save(build(1, { channelId: 'official-account', kind: 'wechat-app' }), change());
    const listed = await store.listFacts();
    expect(listed.map(({ channelId, kind }) => `${channelId} ${kind}`)).toEqual([
      'official-account wechat-app',
      'weibo-main weibo-app',
      'weibo-main weibo-cookie',
    ]);
    expect(listed[2]).toEqual(build(1).facts);
    expect(JSON.stringify(listed)).not.toMatch(/seal|kid/);
    expect((await store.listFacts('weibo-main')).map(({ kind }) => kind)).toEqual([
      'weibo-app',
      'weibo-cookie',
    ]);
    expect(await store.listFacts('none')).toEqual([]);
  });

  it('takes the next version only, and the very same again', async () => {
    await store.save(build(1), change());
    const second = build(2);
    await store.save(second, change());
    await store.save(structuredClone(second), change());
    for (const stale of [build(1), build(2, { sealed: 'other' }), build(4)])
      await expect(store.save(stale, change())).rejects.toThrow(Conflict);
    await expect(store.save(build(2, { kind: 'weibo-app' }), change())).rejects.toThrow(Conflict);
    expect(await store.find(key)).toEqual(second);
    expect((await listActions()).length).toBe(2);
  });

  it('of many who save the same version at once, one wins', async () => {
    const saving = ['a', 'b', 'c', 'd'].map((sealed) => store.save(build(1, { sealed }), change()));
    const results = await Promise.allSettled(saving);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Conflict);
  });

  it('marks the version that was refused, and no newer one', async () => {
    await store.save(build(1), change());
    expect(await store.markRefused(key, { version: 1, reason: '432' }, change(null))).toBe(true);
    expect(await store.markRefused(key, { version: 1, reason: '-100' }, change(null))).toBe(true);
    expect((await store.find(key))?.facts).toEqual({ ...build(1).facts, state: 'refused', reason: '432' });
    await store.save(build(2), change());
    expect(await store.markRefused(key, { version: 1, reason: '432' }, change(null))).toBe(false);
    expect((await store.find(key))?.facts).toEqual(build(2).facts);
    const unknown = { channelId: 'none', kind: 'weibo-cookie' } as const;
    expect(await store.markRefused(unknown, { version: 1, reason: '432' }, change(null))).toBe(false);
  });

  it('removes what is sealed for good, and goes on counting versions', async () => {
    await store.save(build(1), change());
    await store.remove(key, change());
    await store.remove(key, change());
    await store.remove({ channelId: 'none', kind: 'weibo-cookie' }, change());
    expect(await store.find(key)).toBeNull();
    expect(await store.listFacts()).toEqual([]);
    expect(await store.readVersion(key)).toBe(2);
    expect(await store.markRefused(key, { version: 2, reason: '432' }, change(null))).toBe(false);
    await expect(store.save(build(1), change())).rejects.toThrow(Conflict);
    await store.save(build(3), change());
    expect(await store.find(key)).toEqual(build(3));
  });

  it('writes every change into the audit log, with ids and codes alone', async () => {
    await store.save(build(1), change());
    await store.markRefused(key, { version: 1, reason: '-100' }, change(null));
    await store.remove(key, change('user-2'));
    const entries = await listActions();
    const subject = 'weibo-main weibo-cookie';
    expect(entries.map((entry) => entry.slice(0, entry.indexOf(' {')))).toEqual([
      `credential.saved ${subject} user-1`,
      `credential.refused ${subject} null`,
      `credential.removed ${subject} user-2`,
    ]);
    expect(entries.join('\n')).not.toContain('密封');
    expect(entries[1]).toContain('"reason":"-100"');
  });
}
