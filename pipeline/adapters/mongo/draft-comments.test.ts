import { draftCommentsContract } from '../../../test/contracts/draft-comments.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { auditCollections } from './audit-documents.ts';
import { openMongoDraftComments } from './draft-comments.ts';
import { openMongoDraftStore } from './draft-store.ts';

describeWithMongo('draft-comments on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  draftCommentsContract(async () => {
    await database().clear();
    return {
      comments: openMongoDraftComments(database()),
      drafts: openMongoDraftStore(database()),
      clock: new FakeClock(),
      listAudit: async (subject) => {
        const entries = await auditCollections(database().db)
          .audit.find({ subject })
          .sort({ at: 1 })
          .toArray();
        return entries.map((entry) => ({ action: entry.action, raw: JSON.stringify(entry) }));
      },
      close: async () => {},
    };
  });
});
