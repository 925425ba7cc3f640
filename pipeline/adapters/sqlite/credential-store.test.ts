import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { credentialStoreContract } from '../../../test/contracts/credential-store.contract.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
import type { CredentialStore } from '../../ports/credential-store.ts';
import { openAuditLog } from './audit-log.ts';
import { openCredentialStore } from './credential-store.ts';

describe('the SQLite credential store keeps the credential store contract', () => {
  credentialStoreContract(async () => {
    const file = openSqliteFile();
    const db = file.connect();
    return {
      credentials: openCredentialStore(db),
      audit: openAuditLog(db),
      close: async () => file.close(),
    };
  });
});

describe('the SQLite credential store', () => {
  const at = '2026-11-22T01:00:00.000Z';
  const key = { channelId: 'weibo-main', kind: 'weibo-cookie' } as const;
  const facts = { ...key, version: 1, state: 'ok', expiresAt: null, savedAt: at, reason: null } as const;
  const change = { id: 'a', at, actorId: null };
  const kid = '20261122T010203Z';

  it.each([
    ['removed', (store: CredentialStore) => store.remove(key, { ...change, id: 'b' })],
    [
      'replaced by newer ones',
      (store: CredentialStore) =>
        store.save(
          { facts: { ...facts, version: 2 }, kid, sealed: Buffer.from('renewed') },
          { ...change, id: 'b' },
        ),
    ],
  ])('leaves no sealed bytes in its files once they are %s', async (_how, end) => {
    const file = openSqliteFile();
    const store = openCredentialStore(file.connect());
    const sealed = Buffer.from('CANARYSEALED');
    const holds = () => [file.path, `${file.path}-wal`].some((path) => readFileSync(path).includes(sealed));
    await store.save({ facts, kid, sealed }, change);
    expect(holds()).toBe(true);
    await end(store);
    expect(holds()).toBe(false);
    file.close();
  });
});
