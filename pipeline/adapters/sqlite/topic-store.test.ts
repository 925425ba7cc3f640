import { describe } from 'vitest';
import { topicStoreContract } from '../../../test/contracts/topic-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openCaseStore } from './case-store.ts';
import { openDatabase } from './database.ts';
import { openPostStore } from './post-store.ts';
import { openRetentionStore } from './retention-store.ts';
import { openRollupStore } from './rollup-store.ts';
import { openTopicStore } from './topic-store.ts';

describe('topics on SQLite', () => {
  topicStoreContract(async () => {
    const db = openDatabase(':memory:');
    const clock = new FakeClock();
    return {
      posts: openPostStore(db, clock),
      cases: openCaseStore(db, clock),
      retention: openRetentionStore(db),
      rollups: openRollupStore(db),
      topics: openTopicStore(db),
      clock,
      close: async () => {
        db.close();
      },
    };
  });
});
