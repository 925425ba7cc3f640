import { describe } from 'vitest';
import { outboxContract } from '../../../test/contracts/outbox.contract.ts';
import { insertOutbox } from './audit-rows.ts';
import { openDatabase } from './database.ts';
import { openOutbox } from './outbox.ts';

describe('the SQLite outbox keeps the outbox contract', () => {
  outboxContract(async () => {
    const db = openDatabase(':memory:');
    return {
      outbox: openOutbox(db),
      add: async (entries) => {
        for (const entry of entries) insertOutbox(db, entry);
      },
      close: async () => {
        db.close();
      },
    };
  });
});
