import { describe } from 'vitest';
import { instructionStoreContract } from '../../../test/contracts/instruction-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { countSqliteEvidence, seedSqliteCase } from '../../../test/harness/sqlite-case-fixture.ts';
import { openCaseStore } from './case-store.ts';
import { openDatabase } from './database.ts';
import { openInstructionStore } from './instruction-store.ts';

describe('instruction-store on SQLite', () =>
  instructionStoreContract(async () => {
    const db = openDatabase(':memory:');
    const clock = new FakeClock();
    return {
      instructions: openInstructionStore(db),
      cases: openCaseStore(db, clock),
      clock,
      seed: async (one) => seedSqliteCase(db, one),
      countEvidence: async (subject) => {
        const { auditEntries, outboxEntries } = countSqliteEvidence(db, subject);
        return { auditEntries, outboxEntries };
      },
      close: async () => {
        db.close();
      },
    };
  }));
