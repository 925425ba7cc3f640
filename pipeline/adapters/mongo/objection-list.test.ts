import { objectionListContract } from '../../../test/contracts/objection-list.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoAuditLog } from './audit-log.ts';
import { openMongoObjectionList } from './objection-list.ts';

describeWithMongo('the MongoDB list of objections keeps the objection list contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  objectionListContract(async () => {
    await database().clear();
    return {
      objections: openMongoObjectionList(database()),
      audit: openMongoAuditLog(database()),
      close: async () => {},
    };
  });
});
