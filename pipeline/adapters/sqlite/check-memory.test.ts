import { describe } from 'vitest';
import { checkMemoryContract } from '../../../test/contracts/check-memory.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openCheckMemory } from './check-memory.ts';
import { openDatabase, statement } from './database.ts';

describe('check-memory on SQLite', () =>
  checkMemoryContract(async () => {
    const db = openDatabase(':memory:');
    return {
      memory: openCheckMemory(db),
      clock: new FakeClock(),
      countAudit: async (subject) =>
        statement<[string], { n: number }>(db, 'SELECT count(*) AS n FROM audit_entry WHERE subject = ?').get(
          subject,
        )?.n ?? 0,
      close: async () => {
        db.close();
      },
    };
  }));
