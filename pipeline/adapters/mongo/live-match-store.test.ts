import { liveMatchStoreContract } from '../../../test/contracts/live-match-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { auditCollections } from './audit-documents.ts';
import { openMongoLiveMatchStore } from './live-match-store.ts';

describeWithMongo('live-match-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  liveMatchStoreContract(async () => {
    await database().clear();
    return {
      live: openMongoLiveMatchStore(database()),
      clock: new FakeClock(),
      countAudit: (subject) => auditCollections(database().db).audit.countDocuments({ subject }),
      close: async () => {},
    };
  });
});
