import { describe } from 'vitest';
import { liveMatchStoreContract } from '../../../test/contracts/live-match-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openDatabase } from './database.ts';
import { openLiveMatchStore } from './live-match-store.ts';

describe('live-match-store on SQLite', () =>
  liveMatchStoreContract(async () => {
    const db = openDatabase(':memory:');
    return {
      live: openLiveMatchStore(db),
      clock: new FakeClock(),
      countAudit: async (subject) =>
        Number(db.prepare('SELECT count(*) FROM audit_entry WHERE subject = ?').pluck().get(subject)),
      close: async () => {
        db.close();
      },
    };
  }));
