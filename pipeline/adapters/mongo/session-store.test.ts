import { sessionStoreContract } from '../../../test/contracts/session-store.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoSessionStore } from './session-store.ts';

describeWithMongo('the MongoDB session store keeps the session store contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  sessionStoreContract(async () => {
    await database().clear();
    return { sessions: openMongoSessionStore(database()), close: async () => {} };
  });
});
