import { replyStoreContract } from '../../../test/contracts/reply-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { watchMongoFacts } from '../../../test/harness/mongo-facts.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoReplyStore } from './reply-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';
import { openMongoStockAnswerStore } from './stock-answer-store.ts';

describeWithMongo('reply-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  const counted = watchMongoFacts(database);
  replyStoreContract(async () => {
    await database().clear();
    const clock = new FakeClock();
    return {
      replies: counted(openMongoReplyStore(database())),
      answers: openMongoStockAnswerStore(database()),
      posts: counted(openMongoPostStore(database(), clock)),
      cases: counted(openMongoCaseStore(database(), clock)),
      retention: counted(openMongoRetentionStore(database())),
      clock,
      close: async () => {},
    };
  });
});
