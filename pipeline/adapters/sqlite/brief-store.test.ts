import { describe } from 'vitest';
import { briefStoreContract } from '../../../test/contracts/brief-store.contract.ts';
import { openAuditLog } from './audit-log.ts';
import { openBriefStore } from './brief-store.ts';
import { openDatabase } from './database.ts';
import { openRetentionStore } from './retention-store.ts';

describe('brief-store on SQLite', () =>
  briefStoreContract(async () => {
    const db = openDatabase(':memory:');
    return {
      briefs: openBriefStore(db),
      audit: openAuditLog(db),
      retention: openRetentionStore(db),
      close: async () => void db.close(),
    };
  }));
