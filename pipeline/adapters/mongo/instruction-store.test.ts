import { instructionStoreContract } from '../../../test/contracts/instruction-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { seedMongoCase } from '../../../test/harness/mongo-case-fixture.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { caseCollections } from './case-documents.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoInstructionStore } from './instruction-store.ts';

describeWithMongo('instruction-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  instructionStoreContract(async () => {
    await database().clear();
    const clock = new FakeClock();
    const at = caseCollections(database().db);
    return {
      instructions: openMongoInstructionStore(database()),
      cases: openMongoCaseStore(database(), clock),
      clock,
      seed: (one) => seedMongoCase(at, one),
      countEvidence: async (subject) => ({
        auditEntries: await at.audit.countDocuments({ subject }),
        outboxEntries: await at.outbox.countDocuments({ subject }),
      }),
      close: async () => {},
    };
  });
});
