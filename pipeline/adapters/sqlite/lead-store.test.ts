import { describe } from 'vitest';
import { leadStoreContract } from '../../../test/contracts/lead-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openCaseStore } from './case-store.ts';
import { openDatabase } from './database.ts';
import { openLeadStore } from './lead-store.ts';
import { openPostStore } from './post-store.ts';

describe('lead-store on SQLite', () =>
  leadStoreContract(async () => {
    const db = openDatabase(':memory:');
    const clock = new FakeClock();
    return {
      leads: openLeadStore(db),
      posts: openPostStore(db, clock),
      cases: openCaseStore(db, clock),
      clock,
      close: async () => {
        db.close();
      },
    };
  }));
