import type { Collection, Db } from 'mongodb';
import { z } from 'zod';
import type { AccessClass } from '../../domain/access-class.ts';
import type { AuditEntry, AuditPayload } from '../../domain/audit.ts';
import { Case, CaseEvent } from '../../domain/case.ts';
import type { OutboxEntry } from '../../domain/outbox.ts';
import { type CaseNote, type CommandSeal, caseExpiresAt } from '../decision-record.ts';

export type CaseDocument = Omit<Case, 'id'> & { _id: string; expiresAt: string };
type EventDocument = Omit<CaseEvent, 'id'> & { _id: string; seal: CommandSeal | null };
type NoteDocument = Omit<CaseNote, 'eventId'> & { _id: string };
type AuditDocument = Omit<AuditEntry, 'id'> & { _id: string; chain: string; linked: boolean };
type PayloadDocument = Omit<AuditPayload, 'entryId'> & { _id: string };
type OutboxDocument = Omit<OutboxEntry, 'id'> & { _id: string; hiddenUntil: string | null };
interface ClassedDocument {
  _id: string;
  postId?: string;
  accessClass: AccessClass;
  expiresAt: string | null;
}

export interface CaseCollections {
  cases: Collection<CaseDocument>;
  events: Collection<EventDocument>;
  notes: Collection<NoteDocument>;
  audit: Collection<AuditDocument>;
  payloads: Collection<PayloadDocument>;
  outbox: Collection<OutboxDocument>;
  posts: Collection<ClassedDocument>;
  texts: Collection<ClassedDocument>;
  index: Collection<ClassedDocument>;
}

export function caseCollections(db: Db): CaseCollections {
  return {
    cases: db.collection('cases'),
    events: db.collection('case_events'),
    notes: db.collection('case_notes'),
    audit: db.collection('audit_entries'),
    payloads: db.collection('audit_payloads'),
    outbox: db.collection('outbox'),
    posts: db.collection('posts'),
    texts: db.collection('post_texts'),
    index: db.collection('post_index'),
  };
}

/** A collection that a transaction writes to must stand before it; each index says what it is for. */
export async function createCaseIndexes(db: Db): Promise<void> {
  const at = caseCollections(db);
  // 2026-11-22: a queue page in its order; the class is filtered before counting.
  await at.cases.createIndex({ queues: 1, state: 1, lifeSafety: -1, riskScore: -1, openedAt: 1, _id: 1 });
  // 2026-11-22: the history of a case, and no two events for one version.
  await at.events.createIndex({ caseId: 1, caseVersion: 1 }, { unique: true });
  // 2026-11-22: hiding the notes of a case; the purge.
  await at.notes.createIndex({ caseId: 1 });
  await at.notes.createIndex({ expiresAt: 1 });
  // 2026-11-22: the chainer's and the relay's question.
  await at.audit.createIndex({ linked: 1, _id: 1 });
  await at.outbox.createIndex({ hiddenUntil: 1, _id: 1 });
  // 2026-11-22: a change of class reaches every text of a post.
  await at.texts.createIndex({ postId: 1 });
  await at.index.createIndex({ postId: 1 });
  await at.payloads.createIndex({ expiresAt: 1 });
}

const WithId = z.looseObject({ _id: z.string() });

export function parseCaseDocument(document: unknown): Case {
  const { _id, ...fields } = WithId.parse(document);
  return Case.parse({ id: _id, ...fields });
}

export function parseEventDocument(document: unknown): CaseEvent {
  const { _id, ...fields } = WithId.parse(document);
  return CaseEvent.parse({ id: _id, ...fields });
}

export function toCaseDocument(one: Case): CaseDocument {
  const { id, ...fields } = one;
  return { _id: id, ...fields, expiresAt: caseExpiresAt(one) };
}
