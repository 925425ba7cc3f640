import { standInStoreContract } from '../../../test/contracts/stand-in-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoStores } from './open-mongo-stores.ts';

describeWithMongo('the MongoDB stand-in store keeps the stand-in store contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  standInStoreContract(async () => {
    await database().clear();
    const clock = new FakeClock();
    return { stores: openMongoStores(database(), clock), clock, close: async () => {} };
  });
});
