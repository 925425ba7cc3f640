import { describe, expect, it } from 'vitest';
import { buildOutcome } from '../../../test/builders/crawl.ts';
import { completenessLedgerContract } from '../../../test/contracts/completeness-ledger.contract.ts';
import { ledgerStoreContract } from '../../../test/contracts/ledger-store.contract.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
import { openDatabase } from './database.ts';
import { openLedgerStore } from './ledger-store.ts';

describe('the SQLite ledger store keeps the ledger store contract', () => {
  const open = async () => {
    const file = openSqliteFile();
    return {
      ledger: openLedgerStore(file.connect()),
      reopen: async () => openLedgerStore(file.connect()),
      close: async () => file.close(),
    };
  };
  ledgerStoreContract(open);
  describe('completeness', () => completenessLedgerContract(open));
});

it('finds what is due by an index, without sorting', async () => {
  const db = openDatabase(':memory:');
  const plan = db
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT url FROM ledger_pages
       WHERE channel_id = 'c' AND role_rank = 2 AND priority = 0 AND due_at <= 'x' ORDER BY due_at, url LIMIT 5`,
    )
    .all()
    .map((step) => step.detail)
    .join('\n');
  expect(plan).toContain('ledger_pages_due');
  expect(plan).not.toContain('TEMP B-TREE');
  db.close();
});

it('finds the runs to close by an index of those that run', () => {
  const db = openDatabase(':memory:');
  const plan = db
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN UPDATE crawl_runs SET state = 'interrupted', ended_at = 'x'
       WHERE channel_id = 'c' AND state = 'running'`,
    )
    .all();
  expect(plan.map((step) => step.detail).join('\n')).toContain('crawl_runs_running');
  db.close();
});

it('tells the keeper once of a page that no parser knows, with the address and nothing of the page', async () => {
  const db = openDatabase(':memory:');
  const ledger = openLedgerStore(db);
  const url = 'https://www.canglan.example/odd.htm';
  const outcome = buildOutcome({ attempts: 1, error: 'unknown' });
  await ledger.discover('main', [{ url, role: 'article', pageNumber: 0 }], '2026-11-22T00:00:00.000Z');
  for (const [state, hour] of [
    ['done', '01'],
    ['unknown-page', '02'],
    ['unknown-page', '03'],
    ['done', '04'],
    ['unknown-page', '05'],
  ] as const) {
    await ledger.settle('main', url, { ...outcome, state, fetchedAt: `2026-11-22T${hour}:00:00.000Z` });
  }
  const told = db.prepare('SELECT topic, subject, created_at AS at FROM outbox ORDER BY seq').all();
  expect(told).toEqual(
    ['02', '05'].map((hour) => ({
      topic: 'page.changed',
      subject: url,
      at: `2026-11-22T${hour}:00:00.000Z`,
    })),
  );
  db.close();
});
