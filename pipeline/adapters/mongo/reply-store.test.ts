import { replyStoreContract } from '../../../test/contracts/reply-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoReplyStore } from './reply-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';
import { openMongoStockAnswerStore } from './stock-answer-store.ts';

describeWithMongo('reply-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  replyStoreContract(async () => {
    await database().clear();
    const clock = new FakeClock();
    return {
      replies: openMongoReplyStore(database()),
      answers: openMongoStockAnswerStore(database()),
      posts: openMongoPostStore(database(), clock),
      cases: openMongoCaseStore(database(), clock),
      retention: openMongoRetentionStore(database()),
      clock,
      close: async () => {},
    };
  });
});
