import type { ClientSession, Collection, Db } from 'mongodb';
import { type AuditEntry, AuditLogName, type AuditPayload, chainName } from '../../domain/audit.ts';
import type { OutboxEntry } from '../../domain/outbox.ts';
import type { NewAuditEntry } from '../../ports/audit-log.ts';
import { sealAuditEntry } from '../audit-entry.ts';
import { AuditIdTaken, isDuplicateKey } from './mongo-errors.ts';
import { type CollectionSpec, field } from './schema.ts';

/** The payload lies inside its entry, so that a fact costs one write; erasing it leaves the entry and its chain whole. */
export type AuditDocument = Omit<AuditEntry, 'id'> & {
  _id: string;
  payload: Omit<AuditPayload, 'entryId'> | null;
  chain: string;
  linked: boolean;
};
export type OutboxDocument = Omit<OutboxEntry, 'id'> & {
  _id: string;
  hiddenUntil: string | null;
  /** The call that took it last. */
  takenBy: string | null;
};

/** What stands beside every fact: written in the transaction that makes it. */
export interface AuditCollections {
  audit: Collection<AuditDocument>;
  outbox: Collection<OutboxDocument>;
}

export function outboxCollection(db: Db): Collection<OutboxDocument> {
  return db.collection('outbox');
}

export function auditCollections(db: Db): AuditCollections {
  return { audit: db.collection('audit_entries'), outbox: outboxCollection(db) };
}

export const auditSpecs: readonly CollectionSpec[] = [
  {
    name: 'audit_entries',
    version: 2,
    fields: {
      log: { enum: AuditLogName.options },
      at: field.text,
      actorId: field.textOrNull,
      action: field.text,
      subject: field.text,
      retentionClass: field.retentionClass,
      payloadDigest: field.text,
      payload: field.objectOrNull,
      chain: field.text,
      linked: field.boolean,
    },
    indexes: [
      {
        key: { linked: 1, at: 1, _id: 1 },
        since: '2026-11-22',
        reason: 'what the chainer has to link, oldest first',
      },
      { key: { log: 1, at: -1, _id: -1 }, since: '2026-11-22', reason: "the auditor's pages" },
      { key: { 'payload.expiresAt': 1 }, since: '2026-11-22', reason: 'the purge' },
    ],
  },
  {
    name: 'outbox',
    fields: {
      topic: field.text,
      subject: field.text,
      createdAt: field.text,
      hiddenUntil: field.textOrNull,
      takenBy: field.textOrNull,
    },
    indexes: [
      {
        key: { createdAt: 1, _id: 1, hiddenUntil: 1 },
        since: '2026-11-22',
        reason: 'what the relay has to deliver, oldest first; the few that are hidden are passed over',
      },
    ],
  },
];

function toAuditDocument(fact: NewAuditEntry): AuditDocument {
  const { entry, payload } = sealAuditEntry(fact);
  const { id, ...fields } = entry;
  const { entryId: _entryId, ...rest } = payload;
  return { _id: id, ...fields, payload: rest, chain: chainName(entry), linked: false };
}

function toOutboxDocument(entry: OutboxEntry): OutboxDocument {
  const { id, ...fields } = entry;
  return { _id: id, ...fields, hiddenUntil: null, takenBy: null };
}

/** Appends audit and outbox entries in the transaction that makes their facts: two round trips, however many they are. */
export async function insertFacts(
  at: AuditCollections,
  session: ClientSession,
  facts: readonly NewAuditEntry[],
  announcements: readonly OutboxEntry[],
): Promise<void> {
  if (facts.length > 0) {
    await at.audit.insertMany(facts.map(toAuditDocument), { session }).catch((error: unknown) => {
      throw isDuplicateKey(error) ? new AuditIdTaken(error) : error;
    });
  }
  if (announcements.length > 0) await at.outbox.insertMany(announcements.map(toOutboxDocument), { session });
}
