import { describe } from 'vitest';
import { userStoreContract } from '../../../test/contracts/user-store.contract.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
import { openUserStore } from './user-store.ts';

describe('the SQLite user store keeps the user store contract', () => {
  userStoreContract(async () => {
    const file = openSqliteFile();
    return {
      users: openUserStore(file.connect()),
      reopen: async () => openUserStore(file.connect()),
      close: async () => file.close(),
    };
  });
});
