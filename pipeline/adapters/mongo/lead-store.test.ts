import { leadStoreContract } from '../../../test/contracts/lead-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { watchMongoFacts } from '../../../test/harness/mongo-facts.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoLeadStore } from './lead-store.ts';
import { openMongoPostStore } from './post-store.ts';

describeWithMongo('lead-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  const counted = watchMongoFacts(database);
  leadStoreContract(async () => {
    await database().clear();
    const clock = new FakeClock();
    return {
      leads: counted(openMongoLeadStore(database())),
      posts: counted(openMongoPostStore(database(), clock)),
      cases: counted(openMongoCaseStore(database(), clock)),
      clock,
      close: async () => {},
    };
  });
});
