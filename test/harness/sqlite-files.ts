import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type SqliteDatabase } from '../../pipeline/adapters/sqlite/database.ts';

/** A database file of its own, which several connections may open: what a restart or a second process sees. */
export interface SqliteFile {
  path: string;
  connect(): SqliteDatabase;
  close(): void;
}

export function openSqliteFile(): SqliteFile {
  const folder = mkdtempSync(join(tmpdir(), 'guanlan-sqlite-'));
  const path = join(folder, 'guanlan.db');
  const connections: SqliteDatabase[] = [];
  return {
    path,
    connect: () => {
      const db = openDatabase(path);
      connections.push(db);
      return db;
    },
    close: () => {
      for (const db of connections) db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
