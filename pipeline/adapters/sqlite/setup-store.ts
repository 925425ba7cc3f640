import type { SetupKind, SetupReceipt, SetupStore, SetupWrite } from '../../ports/setup-store.ts';
import { prepareVersion } from '../settings-version.ts';
import { describeImport, readReceipt, settingsMoved } from '../setup-record.ts';
import { insertAudit } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { readVersion, saveVersion } from './settings-store.ts';
import { addUser, disableUser, updateUser } from './user-store.ts';

export function openSetupStore(db: SqliteDatabase): SetupStore {
  return {
    apply: async (write) => inTransaction(db, () => apply(db, write)),
    find: async (commandId, digest) => find(db, commandId, digest),
  };
}

function find(db: SqliteDatabase, commandId: string, digest: string): SetupReceipt | null {
  const row = statement<[string], { action: string; subject: string; body: string | null }>(
    db,
    `SELECT action, subject, body FROM audit_entry LEFT JOIN audit_payload ON entry_id = id WHERE id = ?`,
  ).get(commandId);
  return readReceipt(row ?? null, digest);
}

function apply(db: SqliteDatabase, write: SetupWrite): SetupReceipt {
  const done = find(db, write.commandId, write.digest);
  if (done !== null) return done;
  if (readVersion(db) !== write.settingsVersion) throw settingsMoved();
  for (const kind of ['units', 'chains', 'roster'] as const) saveKind(db, kind, write);
  for (const { user, audit } of write.add) addUser(db, user, audit);
  for (const { user, audit } of write.update) updateUser(db, user, audit);
  for (const { userId, audit } of write.leave) disableUser(db, userId, audit);
  insertAudit(db, describeImport(write));
  return { counts: write.counts, repeated: false };
}

function saveKind(db: SqliteDatabase, kind: SetupKind, { settings, actorId, source, at }: SetupWrite): void {
  const change = settings[kind];
  if (change === undefined) return;
  const expectedVersion = readVersion(db);
  saveVersion(db, prepareVersion({ kind, ...change, expectedVersion, actorId, source, at }));
}
