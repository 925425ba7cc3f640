import { describe } from 'vitest';
import { docketStoreContract } from '../../../test/contracts/docket-store.contract.ts';
import { openAuditLog } from './audit-log.ts';
import { openDatabase } from './database.ts';
import { openDocketStore } from './docket-store.ts';
import { openRetentionStore } from './retention-store.ts';

describe('the SQLite docket keeps the docket contract', () =>
  docketStoreContract(async () => {
    const db = openDatabase(':memory:');
    return {
      docket: openDocketStore(db),
      audit: openAuditLog(db),
      retention: openRetentionStore(db),
      close: async () => void db.close(),
    };
  }));
