import { docketStoreContract } from '../../../test/contracts/docket-store.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoAuditLog } from './audit-log.ts';
import { openMongoDocketStore } from './docket-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';

describeWithMongo('the MongoDB docket keeps the docket contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  docketStoreContract(async () => {
    await database().clear();
    return {
      docket: openMongoDocketStore(database()),
      audit: openMongoAuditLog(database()),
      retention: openMongoRetentionStore(database()),
      close: async () => {},
    };
  });
});
