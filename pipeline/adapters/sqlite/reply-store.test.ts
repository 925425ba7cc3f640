import { describe } from 'vitest';
import { replyStoreContract } from '../../../test/contracts/reply-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openCaseStore } from './case-store.ts';
import { openDatabase } from './database.ts';
import { openPostStore } from './post-store.ts';
import { openReplyStore } from './reply-store.ts';
import { openRetentionStore } from './retention-store.ts';
import { openStockAnswerStore } from './stock-answer-store.ts';

describe('reply-store on SQLite', () =>
  replyStoreContract(async () => {
    const db = openDatabase(':memory:');
    const clock = new FakeClock();
    return {
      replies: openReplyStore(db),
      answers: openStockAnswerStore(db),
      posts: openPostStore(db, clock),
      cases: openCaseStore(db, clock),
      retention: openRetentionStore(db),
      clock,
      close: async () => {
        db.close();
      },
    };
  }));
