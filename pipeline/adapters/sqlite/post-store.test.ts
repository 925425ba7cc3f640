import { describe } from 'vitest';
import { copyRetentionContract } from '../../../test/contracts/copy-retention.contract.ts';
import { nearCopiesContract } from '../../../test/contracts/near-copies.contract.ts';
import { ownRepliesContract } from '../../../test/contracts/own-replies.contract.ts';
import { postIndexContract } from '../../../test/contracts/post-index.contract.ts';
import { postStoreContract } from '../../../test/contracts/post-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openCaseStore } from './case-store.ts';
import { openDatabase } from './database.ts';
import { openPostStore } from './post-store.ts';
import { openRetentionStore } from './retention-store.ts';

describe('post-store on SQLite', () => {
  const open = async () => {
    const db = openDatabase(':memory:');
    const clock = new FakeClock();
    return {
      posts: openPostStore(db, clock),
      cases: openCaseStore(db, clock),
      retention: openRetentionStore(db),
      clock,
      close: async () => {
        db.close();
      },
    };
  };
  postStoreContract(open);
  postIndexContract(open);
  nearCopiesContract(open);
  copyRetentionContract(open);
  ownRepliesContract(open);
});
