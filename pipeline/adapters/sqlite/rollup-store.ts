import { z } from 'zod';
import type { RollupStore } from '../../ports/rollup-store.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { findItems, listCases, listHandovers, listItems, readCubes, readDays } from './rollup-reads.ts';
import { countWaiting, refreshRows } from './rollup-refresh.ts';

export function openRollupStore(db: SqliteDatabase): RollupStore {
  return {
    refresh: async (limit) => inTransaction(db, () => refreshRows(db, limit)),
    countWaiting: async (most) => countWaiting(db, most),
    readLayout: async () => LayoutRow.parse(statement(db, 'SELECT layout FROM rollup_state').get()).layout,
    noteAll: (layout) => noteAll(db, layout),
    readDays: async (query) => readDays(db, query),
    readCubes: async (query) => readCubes(db, query),
    listItems: (query) => listItems(db, query),
    listCases: (query) => listCases(db, query),
    listHandovers: (query) => listHandovers(db, query),
    findItems: async (postIds, accessClasses) => findItems(db, postIds, accessClasses),
  };
}

const LayoutRow = z.object({ layout: z.number() });
const pageOf = 2000;

/** With the epoch, every fact falls out of the sums at once; they are written anew as they are looked at. */
async function noteAll(db: SqliteDatabase, layout: number): Promise<void> {
  inTransaction(db, () => {
    statement(db, 'UPDATE rollup_state SET layout = 0, epoch = epoch + 1').run();
    statement(db, 'DELETE FROM rollup_cubes').run();
    statement(db, 'DELETE FROM rollup_days').run();
  });
  for (const [kind, table] of [
    ['item', 'posts'],
    ['case', 'cases'],
    ['handover', 'handovers'],
  ] as const) {
    let rowId: number | null = 0;
    while (rowId !== null) {
      const from: number = rowId;
      rowId = inTransaction(db, () => notePage(db, { kind, table, from }));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  statement(db, 'UPDATE rollup_state SET layout = ?').run(layout);
}

/** @returns from where the next page goes on; null: there is none */
function notePage(
  db: SqliteDatabase,
  { kind, table, from }: { kind: string; table: 'posts' | 'cases' | 'handovers'; from: number },
): number | null {
  const page = `SELECT rowid AS n, id FROM ${table} WHERE rowid > @from ORDER BY rowid LIMIT @pageOf`;
  statement(db, `INSERT OR IGNORE INTO fact_changes (kind, subject) SELECT @kind, id FROM (${page})`).run({
    kind,
    from,
    pageOf,
  });
  const last = statement<object, { n: number | null }>(db, `SELECT max(n) AS n FROM (${page})`).get({
    from,
    pageOf,
  });
  return last?.n ?? null;
}
