import { describe } from 'vitest';
import {
  type RetentionStoreFixture,
  retentionStoreContract,
} from '../../../test/contracts/retention-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openCaseStore } from './case-store.ts';
import { openDatabase } from './database.ts';
import { openPostStore } from './post-store.ts';
import { openRetentionStore } from './retention-store.ts';

async function openFixture(): Promise<RetentionStoreFixture> {
  const db = openDatabase(':memory:');
  const clock = new FakeClock();
  const count = (table: string) =>
    db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1;
  return {
    retention: openRetentionStore(db),
    posts: openPostStore(db, clock),
    cases: openCaseStore(db, clock),
    clock,
    countContents: async () => ({
      texts: count('post_texts'),
      indexEntries: count('post_index'),
      notes: count('case_notes'),
      cases: count('cases'),
      events: count('case_events'),
      auditEntries: count('audit_entry'),
      auditPayloads: count('audit_payload'),
    }),
    close: async () => {
      db.close();
    },
  };
}

describe('retention-store on SQLite', () => retentionStoreContract(openFixture));
