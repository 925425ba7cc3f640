import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseCollections } from '../pipeline/adapters/mongo/case-documents.ts';
import { collections } from '../pipeline/adapters/mongo/collections.ts';
import { inMongoTransaction, openMongo } from '../pipeline/adapters/mongo/connection.ts';
import { postCollections } from '../pipeline/adapters/mongo/post-documents.ts';
import { rollupCollections } from '../pipeline/adapters/mongo/rollup-documents.ts';
import { writeFactChanges } from '../pipeline/adapters/mongo/rollup-refresh.ts';
import { openMongoRollupStore } from '../pipeline/adapters/mongo/rollup-store.ts';
import { ensureSchema } from '../pipeline/adapters/mongo/schema.ts';
import { inTransaction, openDatabase, type SqliteDatabase } from '../pipeline/adapters/sqlite/database.ts';
import { writeFact } from '../pipeline/adapters/sqlite/rollup-rows.ts';
import { openRollupStore } from '../pipeline/adapters/sqlite/rollup-store.ts';
import { writeRollupChange } from '../pipeline/adapters/sqlite/rollup-sums.ts';
import { buildRollupChange, type FactChange } from '../pipeline/domain/rollup.ts';
import type { RollupStore } from '../pipeline/ports/rollup-store.ts';
import { mongoUri } from '../test/harness/services.ts';

/** A store of its own, with facts that are written as the upkeep writes them. */
export interface FactStore {
  rollups: RollupStore;
  write(changes: readonly FactChange[]): Promise<void>;
  close(): Promise<void>;
}

export interface SqliteFacts extends FactStore {
  db: SqliteDatabase;
}

export function openSqliteFacts(): SqliteFacts {
  const folder = mkdtempSync(join(tmpdir(), 'guanlan-bench-'));
  const db = openDatabase(join(folder, 'guanlan.db'));
  return {
    db,
    rollups: openRollupStore(db),
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
  return {
    rollups: openMongoRollupStore(connection),
    write: (changes) => inMongoTransaction(client, (session) => writeFactChanges({ at, session }, changes)),
    close: async () => {
      await db.dropDatabase();
      await client.close();
    },
  };
}
