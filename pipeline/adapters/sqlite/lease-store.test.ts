import { describe } from 'vitest';
import { leaseContract } from '../../../test/contracts/lease.contract.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
import { openLeaseStore } from './lease-store.ts';

describe('the SQLite lease store keeps the lease contract', () => {
  leaseContract(async () => {
    const file = openSqliteFile();
    return {
      leases: openLeaseStore(file.connect()),
      reopen: async () => openLeaseStore(file.connect()),
      close: async () => file.close(),
    };
  });
});
