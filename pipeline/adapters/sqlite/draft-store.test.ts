import { describe } from 'vitest';
import type { DraftStoreFixture } from '../../../test/contracts/draft-bench.ts';
import { draftFilesContract } from '../../../test/contracts/draft-files.contract.ts';
import { draftListsContract } from '../../../test/contracts/draft-lists.contract.ts';
import { draftStoreContract } from '../../../test/contracts/draft-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openAuditLog } from './audit-log.ts';
import { openDatabase } from './database.ts';
import { openDraftLinks } from './draft-links.ts';
import { openDraftFiles, openDraftStore } from './draft-store.ts';
import { openOutbox } from './outbox.ts';
import { openRetentionStore } from './retention-store.ts';

describe('draft-store on SQLite', () => {
  const open = async (): Promise<DraftStoreFixture> => {
    const db = openDatabase(':memory:');
    return {
      drafts: openDraftStore(db),
      links: openDraftLinks(db),
      files: openDraftFiles(db),
      retention: openRetentionStore(db),
      audit: openAuditLog(db),
      outbox: openOutbox(db),
      clock: new FakeClock(),
      close: async () => {
        db.close();
      },
    };
  };
  draftStoreContract(open);
  draftListsContract(open);
  draftFilesContract(open);
});
