import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Conflict, InvalidInput } from '../../domain/errors.ts';
import {
  type Settings,
  type SettingsBody,
  SettingsChange,
  SettingsKind,
  settingsBodies,
} from '../../domain/settings.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase } from './database.ts';

const BodyRow = z.object({ kind: SettingsKind, body: z.string() });

export function openSettingsStore(db: SqliteDatabase): SettingsStore {
  return {
    read: async () => db.transaction(() => readAll(db))(),
    readVersion: async () => readVersion(db),
    save: async (kind, body, change) => inTransaction(db, () => saveVersion(db, { kind, body, ...change })),
    listChanges: async () =>
      db
        .prepare(
          `SELECT version, kind, at, actor_id AS actorId, source, digest FROM settings_versions ORDER BY version DESC`,
        )
        .all()
        .map((row) => SettingsChange.parse(row)),
  };
}

function readVersion(db: SqliteDatabase): number {
  const row = db
    .prepare<[], { version: number | null }>('SELECT max(version) AS version FROM settings_versions')
    .get();
  return row?.version ?? 0;
}

function readAll(db: SqliteDatabase): Settings {
  const settings: Settings = {
    version: readVersion(db),
    channels: [],
    units: [],
    governance: null,
    rules: [],
  };
  const rows = db
    .prepare(
      `SELECT kind, body FROM settings_versions
       WHERE version IN (SELECT max(version) FROM settings_versions GROUP BY kind)`,
    )
    .all();
  for (const row of rows) {
    const { kind, body } = BodyRow.parse(row);
    Object.assign(settings, { [kind]: settingsBodies[kind].parse(JSON.parse(body)) });
  }
  return settings;
}

interface NewVersion {
  kind: SettingsKind;
  body: SettingsBody<SettingsKind>;
  expectedVersion: number;
  actorId: string | null;
  source: string;
  at: string;
  id: string;
}

function saveVersion(db: SqliteDatabase, change: NewVersion): number {
  const { kind, actorId, source, at, id } = change;
  const parsed = settingsBodies[kind].safeParse(change.body);
  if (!parsed.success) throw new InvalidInput(`settings.${kind}`, z.prettifyError(parsed.error));
  const body = JSON.stringify(parsed.data);
  const digest = createHash('sha256').update(body).digest('hex');
  const version = readVersion(db);
  // Asked before the version is compared: a repeated call comes with the version that it has itself made stale.
  if (digest === findDigest(db, kind)) return version;
  if (version !== change.expectedVersion) {
    throw new Conflict(
      `The settings are at version ${version}, not ${change.expectedVersion}: read them again, then save.`,
    );
  }
  const next = version + 1;
  db.prepare(
    `INSERT INTO settings_versions (version, kind, body, digest, at, actor_id, source)
     VALUES (@next, @kind, @body, @digest, @at, @actorId, @source)`,
  ).run({ next, kind, body, digest, at, actorId, source });
  const subject = `${kind}@${next}`;
  insertAudit(db, {
    id,
    log: 'audit',
    at,
    actorId,
    action: 'settings.changed',
    subject,
    payload: { kind, version: next, source, digest },
  });
  insertOutbox(db, { id, topic: 'settings.changed', subject, createdAt: at });
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
