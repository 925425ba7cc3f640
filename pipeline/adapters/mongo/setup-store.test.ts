import { setupStoreContract } from '../../../test/contracts/setup-store.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoAuditLog } from './audit-log.ts';
import { openMongoSessionStore } from './session-store.ts';
import { openMongoSettingsStore } from './settings-store.ts';
import { openMongoSetupStore } from './setup-store.ts';
import { openMongoUserStore } from './user-store.ts';

describeWithMongo('the MongoDB setup store keeps the setup store contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  setupStoreContract(async () => {
    await database().clear();
    const stores = {
      setup: openMongoSetupStore(database()),
      settings: openMongoSettingsStore(database()),
      users: openMongoUserStore(database()),
      sessions: openMongoSessionStore(database()),
      audit: openMongoAuditLog(database()),
    };
    return { stores, close: async () => {} };
  });
});
