import { credentialStoreContract } from '../../../test/contracts/credential-store.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoAuditLog } from './audit-log.ts';
import { openMongoCredentialStore } from './credential-store.ts';

describeWithMongo('the MongoDB credential store keeps the credential store contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  credentialStoreContract(async () => {
    await database().clear();
    return {
      credentials: openMongoCredentialStore(database()),
      audit: openMongoAuditLog(database()),
      close: async () => {},
    };
  });
});
