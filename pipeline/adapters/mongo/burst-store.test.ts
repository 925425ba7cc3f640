import { burstStoreContract } from '../../../test/contracts/burst-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { auditCollections } from './audit-documents.ts';
import { openMongoBurstStore } from './burst-store.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoOutbox } from './outbox.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';

describeWithMongo('bursts on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  burstStoreContract(async () => {
    await database().clear();
    const clock = new FakeClock();
    return {
      posts: openMongoPostStore(database(), clock),
      cases: openMongoCaseStore(database(), clock),
      retention: openMongoRetentionStore(database()),
      bursts: openMongoBurstStore(database()),
      outbox: openMongoOutbox(database()),
      listAudit: async (subject) => {
        const entries = await auditCollections(database().db)
          .audit.find({ subject })
          .sort({ at: 1 })
          .toArray();
        return entries.map(({ action }) => action);
      },
      clock,
      close: async () => {},
    };
  });
});
