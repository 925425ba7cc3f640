import { z } from 'zod';
import { RetentionClass } from './retention-class.ts';
import { Instant } from './time.ts';

/** Two logs in one mechanism: what was done, and which texts were read (R23). */
export const AuditLogName = z.enum(['audit', 'read']);
export type AuditLogName = z.infer<typeof AuditLogName>;

/**
 * An entry holds ids and a salted digest, never text. What the digest covers lies beside it and can be erased
 * without breaking the chain. Entries are written unlinked; one fenced chainer links them.
 */
export const AuditEntry = z.object({
  id: z.string(),
  log: AuditLogName,
  at: Instant,
  /** Null for the machine. */
  actorId: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  retentionClass: RetentionClass,
  payloadDigest: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditPayload = z.object({
  entryId: z.string(),
  salt: z.string(),
  body: z.string(),
  expiresAt: Instant,
});
export type AuditPayload = z.infer<typeof AuditPayload>;

/** What a payload's digest covers: SHA-256, hex, over this. */
export function payloadMaterial(salt: string, body: string): string {
  return `${salt}\n${body}`;
}

/** One chain per log, retention class and Shanghai month, so that a chain can end as a whole. */
export function chainName(entry: Pick<AuditEntry, 'log' | 'retentionClass' | 'at'>): string {
  const month = new Date(Date.parse(entry.at) + 8 * 3_600_000).toISOString().slice(0, 7);
  return `${entry.log}/${entry.retentionClass}/${month}`;
}

export const ChainLink = z.object({
  chain: z.string(),
  seq: z.int().positive(),
  entryId: z.string(),
  prevHash: z.string(),
  hash: z.string(),
});
export type ChainLink = z.infer<typeof ChainLink>;

/** What a link's hash covers, in this order; the canonical form never changes. */
export function linkMaterial(prevHash: string, seq: number, entry: AuditEntry): string {
  const { id, log, at, actorId, action, subject, retentionClass, payloadDigest } = entry;
  return JSON.stringify([
    prevHash,
    seq,
    id,
    log,
    at,
    actorId,
    action,
    subject,
    retentionClass,
    payloadDigest,
  ]);
}

/** A signature over a chain's head: proves that the chain had at least this length at this time. */
export const Anchor = z.object({
  chain: z.string(),
  seq: z.int().positive(),
  hash: z.string(),
  at: Instant,
  kid: z.string(),
  signature: z.string(),
});
export type Anchor = z.infer<typeof Anchor>;

/** What an anchor's signature covers, as UTF-8. The key is named beside it and proved by the signature itself. */
export function anchorMaterial(anchor: Pick<Anchor, 'chain' | 'seq' | 'hash' | 'at'>): string {
  return JSON.stringify([anchor.chain, anchor.seq, anchor.hash, anchor.at]);
}
