import { outboxContract } from '../../../test/contracts/outbox.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { auditCollections, insertFacts } from './audit-documents.ts';
import { inMongoTransaction } from './connection.ts';
import { openMongoOutbox } from './outbox.ts';

describeWithMongo('the MongoDB outbox keeps the outbox contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  outboxContract(async () => {
    await database().clear();
    const { client, db } = database();
    return {
      outbox: openMongoOutbox(database()),
      add: (entries) =>
        inMongoTransaction(client, (session) => insertFacts(auditCollections(db), session, [], entries)),
      close: async () => {},
    };
  });
});
