import { describe } from 'vitest';
import { setupStoreContract } from '../../../test/contracts/setup-store.contract.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
import { openAuditLog } from './audit-log.ts';
import { openSessionStore } from './session-store.ts';
import { openSettingsStore } from './settings-store.ts';
import { openSetupStore } from './setup-store.ts';
import { openUserStore } from './user-store.ts';

describe('the SQLite setup store keeps the setup store contract', () => {
  setupStoreContract(async () => {
    const file = openSqliteFile();
    const db = file.connect();
    const stores = {
      setup: openSetupStore(db),
      settings: openSettingsStore(db),
      users: openUserStore(db),
      sessions: openSessionStore(db),
      audit: openAuditLog(db),
    };
    return { stores, close: async () => file.close() };
  });
});
