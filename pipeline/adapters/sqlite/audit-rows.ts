import { chainName } from '../../domain/audit.ts';
import type { OutboxEntry } from '../../domain/outbox.ts';
import type { NewAuditEntry } from '../../ports/audit-log.ts';
import { otherCommandKnown, sealAuditEntry } from '../audit-entry.ts';
import { type SqliteDatabase, statement } from './database.ts';

/**
 * Appends an unlinked audit entry with its payload. For use inside the transaction that makes the fact.
 * @throws Conflict when the id stands for another fact
 */
export function insertAudit(db: SqliteDatabase, fact: NewAuditEntry): void {
  const { entry, payload } = sealAuditEntry(fact);
  // A repeated command was found before it came here: what has its id is another one.
  const { changes } = statement(
    db,
    `INSERT INTO audit_entry (id, log, at, actor_id, action, subject, retention_class, payload_digest, chain)
     VALUES (@id, @log, @at, @actorId, @action, @subject, @retentionClass, @payloadDigest, @chain) ON CONFLICT (id) DO NOTHING`,
  ).run({ ...entry, chain: chainName(entry) });
  if (changes === 0) throw otherCommandKnown();
  statement(db, 'INSERT INTO audit_payload VALUES (@entryId, @salt, @body, @expiresAt)').run(payload);
}

export function insertOutbox(db: SqliteDatabase, entry: OutboxEntry): void {
  statement(
    db,
    'INSERT INTO outbox (id, topic, subject, created_at) VALUES (@id, @topic, @subject, @createdAt)',
  ).run(entry);
}
