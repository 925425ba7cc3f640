import { topicStoreContract } from '../../../test/contracts/topic-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';
import { openMongoRollupStore } from './rollup-store.ts';
import { openMongoTopicStore } from './topic-store.ts';

describeWithMongo('topics on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  topicStoreContract(async () => {
    await database().clear();
    const clock = new FakeClock();
    return {
      posts: openMongoPostStore(database(), clock),
      cases: openMongoCaseStore(database(), clock),
      retention: openMongoRetentionStore(database()),
      rollups: openMongoRollupStore(database()),
      topics: openMongoTopicStore(database()),
      clock,
      close: async () => {},
    };
  });
});
