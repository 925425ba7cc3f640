import { describe } from 'vitest';
import { rateStoreContract } from '../../../test/contracts/rate-store.contract.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
import { openRateStore } from './rate-store.ts';

describe('the SQLite rate store keeps the rate contract', () => {
  rateStoreContract(async () => {
    const file = openSqliteFile();
    return {
      rates: openRateStore(file.connect()),
      reopen: async () => openRateStore(file.connect()),
      close: async () => file.close(),
    };
  });
});
