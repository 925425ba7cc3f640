import { describe } from 'vitest';
import { sessionStoreContract } from '../../../test/contracts/session-store.contract.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
import { openSessionStore } from './session-store.ts';

describe('the SQLite session store keeps the session store contract', () => {
  sessionStoreContract(async () => {
    const file = openSqliteFile();
    return {
      sessions: openSessionStore(file.connect()),
      close: async () => file.close(),
    };
  });
});
