import { Permanent } from '../../domain/errors.ts';
import { migrations } from './migrations/index.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** Runs what this database has not seen yet, each in its own transaction. A migration that has landed never changes. */
export function migrate(db: SqliteDatabase): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL)',
  );
  const done = db.prepare<[], { number: number }>('SELECT number FROM schema_migration').all();
  const newest = Math.max(0, ...done.map((row) => row.number));
  const known = migrations.at(-1)?.number ?? 0;
  if (newest > known) {
    throw new Permanent(
      `${db.name} was written by a newer version of Guanlan (schema ${newest}, this program knows ${known}).`,
    );
  }
  for (const migration of migrations) {
    if (migration.number <= newest) continue;
    db.transaction(() => {
      db.exec(migration.sql);
      db.prepare("INSERT INTO schema_migration VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))").run(
        migration.number,
        migration.name,
      );
    }).immediate();
  }
}
