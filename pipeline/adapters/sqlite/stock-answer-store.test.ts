import { describe } from 'vitest';
import { stockAnswerStoreContract } from '../../../test/contracts/stock-answer-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openDatabase, statement } from './database.ts';
import { openStockAnswerStore } from './stock-answer-store.ts';

describe('stock-answer-store on SQLite', () =>
  stockAnswerStoreContract(async () => {
    const db = openDatabase(':memory:');
    return {
      answers: openStockAnswerStore(db),
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
