import { describe, expect, it } from 'vitest';
import { ledgerStoreContract } from '../../../test/contracts/ledger-store.contract.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
import { openDatabase } from './database.ts';
import { openLedgerStore } from './ledger-store.ts';

describe('the SQLite ledger store keeps the ledger store contract', () => {
  ledgerStoreContract(async () => {
    const file = openSqliteFile();
    return {
      ledger: openLedgerStore(file.connect()),
      reopen: async () => openLedgerStore(file.connect()),
      close: async () => file.close(),
    };
  });
});

it('finds what is due by an index, without sorting', async () => {
  const db = openDatabase(':memory:');
  const plan = db
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT url FROM ledger_pages
       WHERE channel_id = 'c' AND role_rank = 2 AND due_at <= 'x' ORDER BY due_at, url LIMIT 5`,
    )
    .all()
    .map((step) => step.detail)
    .join('\n');
  expect(plan).toContain('ledger_pages_due');
  expect(plan).not.toContain('TEMP B-TREE');
  db.close();
});
