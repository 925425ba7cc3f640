import { chainName } from '../../domain/audit.ts';
import type { OutboxEntry } from '../../domain/outbox.ts';
import type { NewAuditEntry } from '../../ports/audit-log.ts';
import { sealAuditEntry } from '../audit-entry.ts';
import { type SqliteDatabase, statement } from './database.ts';

/** Appends an unlinked audit entry with its payload. For use inside the transaction that makes the fact. */
export function insertAudit(db: SqliteDatabase, fact: NewAuditEntry): void {
  const { entry, payload } = sealAuditEntry(fact);
  statement(
    db,
    `INSERT INTO audit_entry (id, log, at, actor_id, action, subject, retention_class, payload_digest, chain)
     VALUES (@id, @log, @at, @actorId, @action, @subject, @retentionClass, @payloadDigest, @chain)`,
  ).run({ ...entry, chain: chainName(entry) });
  statement(db, 'INSERT INTO audit_payload VALUES (@entryId, @salt, @body, @expiresAt)').run(payload);
}

export function insertOutbox(db: SqliteDatabase, entry: OutboxEntry): void {
  statement(
    db,
    'INSERT INTO outbox (id, topic, subject, created_at) VALUES (@id, @topic, @subject, @createdAt)',
  ).run(entry);
}
