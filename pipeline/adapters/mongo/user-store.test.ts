import { userStoreContract } from '../../../test/contracts/user-store.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoUserStore } from './user-store.ts';

describeWithMongo('the MongoDB user store keeps the user store contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  userStoreContract(async () => {
    await database().clear();
    return {
      users: openMongoUserStore(database()),
      reopen: async () => openMongoUserStore(database()),
      close: async () => {},
    };
  });
});
