import { rateStoreContract } from '../../../test/contracts/rate-store.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoRateStore } from './rate-store.ts';

describeWithMongo('the MongoDB rate store keeps the rate contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  rateStoreContract(async () => ({
    rates: openMongoRateStore(database()),
    reopen: async () => openMongoRateStore(database()),
    close: () => database().clear(),
  }));
});
