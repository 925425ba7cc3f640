import { leadStoreContract } from '../../../test/contracts/lead-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoLeadStore } from './lead-store.ts';
import { openMongoPostStore } from './post-store.ts';

describeWithMongo('lead-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  leadStoreContract(async () => {
    await database().clear();
    const clock = new FakeClock();
    return {
      leads: openMongoLeadStore(database()),
      posts: openMongoPostStore(database(), clock),
      cases: openMongoCaseStore(database(), clock),
      clock,
      close: async () => {},
    };
  });
});
