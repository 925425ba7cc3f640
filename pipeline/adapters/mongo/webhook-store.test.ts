import { webhookStoreContract } from '../../../test/contracts/webhook-store.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { auditCollections } from './audit-documents.ts';
import { openMongoWebhookStore } from './webhook-store.ts';

describeWithMongo('webhook-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  webhookStoreContract(async () => {
    await database().clear();
    const { audit } = auditCollections(database().db);
    return {
      webhooks: openMongoWebhookStore(database()),
      countAudit: (subject) => audit.countDocuments({ subject }),
      close: async () => {},
    };
  });
});
