import type { DraftStoreFixture } from '../../../test/contracts/draft-bench.ts';
import { draftFilesContract } from '../../../test/contracts/draft-files.contract.ts';
import { draftListsContract } from '../../../test/contracts/draft-lists.contract.ts';
import { draftStoreContract } from '../../../test/contracts/draft-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoAuditLog } from './audit-log.ts';
import { openMongoDraftFiles, openMongoDraftLinks } from './draft-links.ts';
import { openMongoDraftStore } from './draft-store.ts';
import { openMongoOutbox } from './outbox.ts';
import { openMongoRetentionStore } from './retention-store.ts';

describeWithMongo('draft-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  const open = async (): Promise<DraftStoreFixture> => {
    await database().clear();
    return {
      drafts: openMongoDraftStore(database()),
      links: openMongoDraftLinks(database()),
      files: openMongoDraftFiles(database()),
      retention: openMongoRetentionStore(database()),
      audit: openMongoAuditLog(database()),
      outbox: openMongoOutbox(database()),
      clock: new FakeClock(),
      close: async () => {},
    };
  };
  draftStoreContract(open);
  draftListsContract(open);
  draftFilesContract(open);
});
