import { describe } from 'vitest';
import { baselineStoreContract } from '../../../test/contracts/baseline-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openBaselineStore } from './baseline-store.ts';
import { openCaseStore } from './case-store.ts';
import { openDatabase } from './database.ts';
import { openPostStore } from './post-store.ts';
import { openRetentionStore } from './retention-store.ts';

describe('baselines on SQLite', () => {
  baselineStoreContract(async () => {
    const db = openDatabase(':memory:');
    const clock = new FakeClock();
    return {
      posts: openPostStore(db, clock),
      cases: openCaseStore(db, clock),
      retention: openRetentionStore(db),
      baselines: openBaselineStore(db),
      clock,
      close: async () => {
        db.close();
      },
    };
  });
});
