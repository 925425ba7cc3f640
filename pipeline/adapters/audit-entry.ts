import { createHash, randomBytes } from 'node:crypto';
import { type AuditEntry, type AuditPayload, payloadMaterial } from '../domain/audit.ts';
import { Conflict } from '../domain/errors.ts';
import { expiresAt } from '../domain/retention-class.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';

/** SHA-256 over salt and text, hex: tells a change without telling the text. */
export function saltedDigest(salt: string, body: string): string {
  return createHash('sha256').update(payloadMaterial(salt, body)).digest('hex');
}

export function newSalt(): string {
  return randomBytes(16).toString('hex');
}

/** Splits what is logged into the entry that is chained for good and the payload that can be erased. */
export function sealAuditEntry(entry: NewAuditEntry): { entry: AuditEntry; payload: AuditPayload } {
  const { payload, ...facts } = entry;
  const salt = newSalt();
  const body = JSON.stringify(payload);
  return {
    entry: { ...facts, retentionClass: 'audit', payloadDigest: saltedDigest(salt, body) },
    payload: { entryId: entry.id, salt, body, expiresAt: expiresAt('audit', entry.at) ?? entry.at },
  };
}

/** One id serves a command in every place that it writes to: what is refused here was used for something else. */
export function otherCommandKnown(): Conflict {
  return new Conflict('同一编号的操作已经记录过，内容不同。');
}
