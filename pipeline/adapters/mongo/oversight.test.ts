import { oversightContract } from '../../../test/contracts/oversight.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoAuditLog } from './audit-log.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoOversight } from './oversight.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoReadLog } from './read-log.ts';

describeWithMongo('oversight on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  oversightContract(async (clock) => {
    await database().clear();
    return {
      oversight: openMongoOversight(database()),
      reads: openMongoReadLog(database()),
      audit: openMongoAuditLog(database()),
      posts: openMongoPostStore(database(), clock),
      cases: openMongoCaseStore(database(), clock),
      close: async () => {},
    };
  });
});
