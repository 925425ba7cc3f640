import { z } from 'zod';
import { CredentialFacts } from '../../domain/credential.ts';
import type { CredentialKey, CredentialStore, SealedCredential } from '../../ports/credential-store.ts';
import { auditCredential, isSameCredential, staleCredential } from '../credential-change.ts';
import { insertAudit } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase, statement, truncateLog } from './database.ts';

const factColumns = `channel_id AS channelId, kind, version, state, expires_at AS expiresAt, saved_at AS savedAt, reason`;
const Row = CredentialFacts.extend({ kid: z.string(), sealed: z.instanceof(Uint8Array).nullable() });
type Row = z.infer<typeof Row>;

export function openCredentialStore(db: SqliteDatabase): CredentialStore {
  return {
    find: async (key) => {
      const row = findRow(db, key);
      if (row === null || row.sealed === null) return null;
      const { kid, sealed, ...facts } = row;
      return { facts, kid, sealed: new Uint8Array(sealed) };
    },
    readVersion: async (key) => findRow(db, key)?.version ?? 0,
    listFacts: async (channelId) =>
      statement(
        db,
        `SELECT ${factColumns} FROM credentials
         WHERE sealed IS NOT NULL AND (@channelId IS NULL OR channel_id = @channelId)
         ORDER BY channel_id, kind`,
      )
        .all({ channelId: channelId ?? null })
        .map((row) => CredentialFacts.parse(row)),
    save: async (credential, change) => {
      const replaced = inTransaction(db, () => {
        const row = findRow(db, credential.facts);
        if (row?.sealed && isSameCredential({ ...row, sealed: row.sealed }, credential)) return false;
        const stored = row?.version ?? 0;
        if (stored + 1 !== credential.facts.version) throw staleCredential(stored, credential);
        write(db, credential);
        const { kid, facts } = credential;
        const { channelId, kind, version } = facts;
        insertAudit(db, auditCredential('credential.saved', { channelId, kind, version, kid }, change));
        return row !== null && row.sealed !== null;
      });
      if (replaced) truncateLog(db);
    },
    markRefused: async (key, { version, reason }, change) =>
      inTransaction(db, () => {
        const row = findRow(db, key);
        if (row === null || row.sealed === null || row.version !== version) return false;
        if (row.state === 'refused') return true;
        statement(
          db,
          `UPDATE credentials SET state = 'refused', reason = @reason WHERE channel_id = @channelId AND kind = @kind`,
        ).run({ ...key, reason });
        insertAudit(db, auditCredential('credential.refused', { ...key, version, reason }, change));
        return true;
      }),
    remove: async (key, change) => {
      const removed = inTransaction(db, () => {
        const row = findRow(db, key);
        if (row === null || row.sealed === null) return false;
        const version = row.version + 1;
        statement(
          db,
          `UPDATE credentials SET sealed = NULL, version = @version, saved_at = @at
           WHERE channel_id = @channelId AND kind = @kind`,
        ).run({ ...key, version, at: change.at });
        insertAudit(db, auditCredential('credential.removed', { ...key, version }, change));
        return true;
      });
      if (removed) truncateLog(db);
    },
  };
}

function findRow(db: SqliteDatabase, { channelId, kind }: CredentialKey): Row | null {
  const row = statement(
    db,
    `SELECT ${factColumns}, kid, sealed FROM credentials WHERE channel_id = @channelId AND kind = @kind`,
  ).get({ channelId, kind });
  return row === undefined ? null : Row.parse(row);
}

function write(db: SqliteDatabase, { facts, kid, sealed }: SealedCredential): void {
  statement(
    db,
    `INSERT OR REPLACE INTO credentials
       (channel_id, kind, version, state, expires_at, saved_at, reason, kid, sealed)
     VALUES (@channelId, @kind, @version, @state, @expiresAt, @savedAt, @reason, @kid, @sealed)`,
  ).run({ ...CredentialFacts.parse(facts), kid, sealed: Buffer.from(sealed) });
}
