import { z } from 'zod';
import { type Settings, SettingsChange, SettingsKind } from '../../domain/settings.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import {
  assembleSettings,
  describeVersion,
  type PreparedVersion,
  prepareVersion,
  readBody,
  staleVersion,
} from '../settings-version.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase } from './database.ts';

const BodyRow = z.object({ kind: SettingsKind, body: z.string() });

export function openSettingsStore(db: SqliteDatabase): SettingsStore {
  return {
    read: async () => db.transaction(() => readAll(db))(),
    readPast: async (kind, version) => {
      const row = db
        .prepare<[number, string], { body: string }>(
          'SELECT body FROM settings_versions WHERE version = ? AND kind = ?',
        )
        .get(version, kind);
      return row === undefined ? null : readBody(kind, row.body);
    },
    readVersion: async () => readVersion(db),
    save: async (kind, body, change) => {
      const version = prepareVersion({ kind, body, ...change });
      return inTransaction(db, () => saveVersion(db, version));
    },
    listChanges: async () =>
      db
        .prepare(
          `SELECT version, kind, at, actor_id AS actorId, source, digest FROM settings_versions ORDER BY version DESC`,
        )
        .all()
        .map((row) => SettingsChange.parse(row)),
  };
}

export function readVersion(db: SqliteDatabase): number {
  const row = db
    .prepare<[], { version: number | null }>('SELECT max(version) AS version FROM settings_versions')
    .get();
  return row?.version ?? 0;
}

function readAll(db: SqliteDatabase): Settings {
  const rows = db
    .prepare(
      `SELECT kind, body FROM settings_versions
       WHERE version IN (SELECT max(version) FROM settings_versions GROUP BY kind)`,
    )
    .all();
  return assembleSettings(
    readVersion(db),
    rows.map((row) => BodyRow.parse(row)),
  );
}

/** For use inside a transaction. */
export function saveVersion(db: SqliteDatabase, change: PreparedVersion): number {
  const { kind, body, digest, actorId, source, at } = change;
  const version = readVersion(db);
  // Asked before the version is compared: a repeated call comes with the version that it has itself made stale.
  if (digest === findDigest(db, kind)) return version;
  if (version !== change.expectedVersion) throw staleVersion(version, change.expectedVersion);
  const next = version + 1;
  db.prepare(
    `INSERT INTO settings_versions (version, kind, body, digest, at, actor_id, source)
     VALUES (@next, @kind, @body, @digest, @at, @actorId, @source)`,
  ).run({ next, kind, body, digest, at, actorId, source });
  const { audit, outbox } = describeVersion(change, next);
  insertAudit(db, audit);
  insertOutbox(db, outbox);
  return next;
}

function findDigest(db: SqliteDatabase, kind: SettingsKind): string | null {
  const row = db
    .prepare<[string], { digest: string }>(
      'SELECT digest FROM settings_versions WHERE kind = ? ORDER BY version DESC LIMIT 1',
    )
    .get(kind);
  return row?.digest ?? null;
}
