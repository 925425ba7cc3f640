import { deskStoreContract } from '../../../test/contracts/desk-store.contract.ts';
import { filterStoreContract } from '../../../test/contracts/filter-store.contract.ts';
import { putAsideContract } from '../../../test/contracts/put-aside.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { watchMongoFacts } from '../../../test/harness/mongo-facts.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoDeskStore } from './desk-store.ts';
import { openMongoFilterStore } from './filter-store.ts';
import { openMongoPostStore } from './post-store.ts';

describeWithMongo('desk-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  const counted = watchMongoFacts(database);
  const open = async () => {
    await database().clear();
    const clock = new FakeClock();
    return {
      desk: counted(openMongoDeskStore(database())),
      posts: counted(openMongoPostStore(database(), clock)),
      cases: counted(openMongoCaseStore(database(), clock)),
      clock,
      close: async () => {},
    };
  };
  deskStoreContract(open);
  putAsideContract(open);
});

describeWithMongo('filter-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  filterStoreContract(async () => {
    await database().clear();
    return { filters: openMongoFilterStore(database()), close: async () => {} };
  });
});
