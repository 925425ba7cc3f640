import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseCollections } from '../pipeline/adapters/mongo/case-documents.ts';
import { collections } from '../pipeline/adapters/mongo/collections.ts';
import { inMongoTransaction, openMongo } from '../pipeline/adapters/mongo/connection.ts';
import { openMongoStores } from '../pipeline/adapters/mongo/open-mongo-stores.ts';
import { postCollections } from '../pipeline/adapters/mongo/post-documents.ts';
import { rollupCollections } from '../pipeline/adapters/mongo/rollup-documents.ts';
import { writeFactChanges } from '../pipeline/adapters/mongo/rollup-refresh.ts';
import { ensureSchema } from '../pipeline/adapters/mongo/schema.ts';
import { inTransaction, openDatabase, type SqliteDatabase } from '../pipeline/adapters/sqlite/database.ts';
import { openLedgerStore } from '../pipeline/adapters/sqlite/ledger-store.ts';
import { writeFact } from '../pipeline/adapters/sqlite/rollup-rows.ts';
import { openRollupStore } from '../pipeline/adapters/sqlite/rollup-store.ts';
import { writeRollupChange } from '../pipeline/adapters/sqlite/rollup-sums.ts';
import { openSettingsStore } from '../pipeline/adapters/sqlite/settings-store.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import type { TrendReader } from '../pipeline/commands/read-trends-counts.ts';
import { buildRollupChange, type FactChange } from '../pipeline/domain/rollup.ts';
import type { RollupStore } from '../pipeline/ports/rollup-store.ts';
import { mongoUri } from '../test/harness/services.ts';

/** A store of its own, with facts that are written as the upkeep writes them. */
export interface FactStore {
  rollups: RollupStore;
  /** Who may see it all; no channel is registered, so that what was not read costs next to nothing. */
  reader: TrendReader;
  write(changes: readonly FactChange[]): Promise<void>;
  close(): Promise<void>;
}

const seesAll = { accessClasses: ['open'], units: 'all', clock: systemClock } as const;

export interface SqliteFacts extends FactStore {
  db: SqliteDatabase;
}

export function openSqliteFacts(): SqliteFacts {
  const folder = mkdtempSync(join(tmpdir(), 'guanlan-bench-'));
  const db = openDatabase(join(folder, 'guanlan.db'));
  const rollups = openRollupStore(db);
  const stores = { rollups, ledger: openLedgerStore(db), settings: openSettingsStore(db) };
  return {
    ...{ db, rollups, reader: { ...seesAll, stores } },
    write: async (changes) =>
      inTransaction(db, () => {
        for (const { after } of changes) if (after !== null) writeFact(db, after, 1);
        writeRollupChange(db, buildRollupChange(changes));
      }),
    close: async () => {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let opened = 0;

export async function openMongoFacts(): Promise<FactStore> {
  opened += 1;
  const connection = await openMongo(mongoUri ?? '', `guanlan_bench_rollups_${process.pid}_${opened}`);
  const { client, db } = connection;
  await ensureSchema(db, collections);
  const at = { ...caseCollections(db), ...postCollections(db), ...rollupCollections(db) };
  const stores = openMongoStores(connection, systemClock);
  return {
    ...{ rollups: stores.rollups, reader: { ...seesAll, stores } },
    write: (changes) => inMongoTransaction(client, (session) => writeFactChanges({ at, session }, changes)),
    close: async () => {
      await db.dropDatabase();
      await client.close();
    },
  };
}
