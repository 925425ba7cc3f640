import { briefStoreContract } from '../../../test/contracts/brief-store.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoAuditLog } from './audit-log.ts';
import { openMongoBriefStore } from './brief-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';

describeWithMongo('brief-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  briefStoreContract(async () => {
    await database().clear();
    return {
      briefs: openMongoBriefStore(database()),
      audit: openMongoAuditLog(database()),
      retention: openMongoRetentionStore(database()),
      close: async () => {},
    };
  });
});
