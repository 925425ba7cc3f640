import { describe } from 'vitest';
import { settingsStoreContract } from '../../../test/contracts/settings-store.contract.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
import { openSettingsStore } from './settings-store.ts';

describe('the SQLite settings store keeps the settings store contract', () => {
  settingsStoreContract(async () => {
    const file = openSqliteFile();
    const db = file.connect();
    const subjects = (table: 'audit_entry' | 'outbox') =>
      db
        .prepare<[], { subject: string }>(`SELECT subject FROM ${table} ORDER BY seq`)
        .all()
        .map((row) => row.subject);
    return {
      settings: openSettingsStore(db),
      reopen: async () => openSettingsStore(file.connect()),
      listEvidence: async () => ({ audit: subjects('audit_entry'), outbox: subjects('outbox') }),
      close: async () => file.close(),
    };
  });
});
