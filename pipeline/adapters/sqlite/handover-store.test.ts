import { describe } from 'vitest';
import type { HandoverStoreFixture } from '../../../test/contracts/handover-bench.ts';
import { handoverStoreContract } from '../../../test/contracts/handover-store.contract.ts';
import { handoverTextsContract } from '../../../test/contracts/handover-texts.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openAuditLog } from './audit-log.ts';
import { openCaseStore } from './case-store.ts';
import { openDatabase } from './database.ts';
import { openHandoverStore } from './handover-store.ts';
import { openOutbox } from './outbox.ts';
import { openPostStore } from './post-store.ts';
import { openRetentionStore } from './retention-store.ts';

describe('handover-store on SQLite', () => {
  const open = async (): Promise<HandoverStoreFixture> => {
    const db = openDatabase(':memory:');
    const clock = new FakeClock();
    return {
      handovers: openHandoverStore(db),
      posts: openPostStore(db, clock),
      cases: openCaseStore(db, clock),
      outbox: openOutbox(db),
      audit: openAuditLog(db),
      retention: openRetentionStore(db),
      clock,
      close: async () => {
        db.close();
      },
    };
  };
  handoverStoreContract(open);
  handoverTextsContract(open);
});
