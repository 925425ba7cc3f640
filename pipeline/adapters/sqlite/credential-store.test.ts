import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { credentialStoreContract } from '../../../test/contracts/credential-store.contract.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
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
  it('leaves no sealed bytes in its files once they are removed', async () => {
    const file = openSqliteFile();
    const store = openCredentialStore(file.connect());
    const key = { channelId: 'weibo-main', kind: 'weibo-cookie' } as const;
    const sealed = Buffer.from('CANARYSEALED');
    const holds = () => [file.path, `${file.path}-wal`].some((path) => readFileSync(path).includes(sealed));
    const at = '2026-11-22T01:00:00.000Z';
    const facts = { ...key, version: 1, state: 'ok', expiresAt: null, savedAt: at, reason: null } as const;
    const change = { id: 'a', at, actorId: null };
    await store.save({ facts, kid: '20261122T010203Z', sealed }, change);
    expect(holds()).toBe(true);
    await store.remove(key, { ...change, id: 'b' });
    expect(holds()).toBe(false);
    file.close();
  });
});
