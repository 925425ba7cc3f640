import { baselineStoreContract } from '../../../test/contracts/baseline-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoBaselineStore } from './baseline-store.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';

describeWithMongo('baselines on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  baselineStoreContract(async () => {
    await database().clear();
    const clock = new FakeClock();
    return {
      posts: openMongoPostStore(database(), clock),
      cases: openMongoCaseStore(database(), clock),
      retention: openMongoRetentionStore(database()),
      baselines: openMongoBaselineStore(database()),
      clock,
      close: async () => {},
    };
  });
});
