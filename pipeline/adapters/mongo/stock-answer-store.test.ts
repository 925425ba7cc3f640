import { stockAnswerStoreContract } from '../../../test/contracts/stock-answer-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { auditCollections } from './audit-documents.ts';
import { openMongoStockAnswerStore } from './stock-answer-store.ts';

describeWithMongo('stock-answer-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  stockAnswerStoreContract(async () => {
    await database().clear();
    return {
      answers: openMongoStockAnswerStore(database()),
      clock: new FakeClock(),
      countAudit: (subject) => auditCollections(database().db).audit.countDocuments({ subject }),
      close: async () => {},
    };
  });
});
