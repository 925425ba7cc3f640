import { describe } from 'vitest';
import { oversightContract } from '../../../test/contracts/oversight.contract.ts';
import { openAuditLog } from './audit-log.ts';
import { openCaseStore } from './case-store.ts';
import { openDatabase } from './database.ts';
import { openOversight } from './oversight.ts';
import { openPostStore } from './post-store.ts';
import { openReadLog } from './read-log.ts';

describe('oversight on SQLite', () =>
  oversightContract(async (clock) => {
    const db = openDatabase(':memory:');
    return {
      oversight: openOversight(db),
      reads: openReadLog(db),
      audit: openAuditLog(db),
      posts: openPostStore(db, clock),
      cases: openCaseStore(db, clock),
      close: async () => void db.close(),
    };
  }));
