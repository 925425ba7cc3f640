import { describe } from 'vitest';
import { burstStoreContract } from '../../../test/contracts/burst-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openBurstStore } from './burst-store.ts';
import { openCaseStore } from './case-store.ts';
import { openDatabase, statement } from './database.ts';
import { openOutbox } from './outbox.ts';
import { openPostStore } from './post-store.ts';
import { openRetentionStore } from './retention-store.ts';

describe('bursts on SQLite', () => {
  burstStoreContract(async () => {
    const db = openDatabase(':memory:');
    const clock = new FakeClock();
    return {
      posts: openPostStore(db, clock),
      cases: openCaseStore(db, clock),
      retention: openRetentionStore(db),
      bursts: openBurstStore(db),
      outbox: openOutbox(db),
      listAudit: async (subject) =>
        statement<[string], { action: string }>(
          db,
          'SELECT action FROM audit_entry WHERE subject = ? ORDER BY rowid',
        )
          .all(subject)
          .map(({ action }) => action),
      clock,
      close: async () => {
        db.close();
      },
    };
  });
});
