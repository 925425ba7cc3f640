import { checkMemoryContract } from '../../../test/contracts/check-memory.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { auditCollections } from './audit-documents.ts';
import { openMongoCheckMemory } from './check-memory.ts';

describeWithMongo('check-memory on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  checkMemoryContract(async () => {
    await database().clear();
    return {
      memory: openMongoCheckMemory(database()),
      clock: new FakeClock(),
      countAudit: (subject) => auditCollections(database().db).audit.countDocuments({ subject }),
      close: async () => {},
    };
  });
});
