import type { Collection, Db } from 'mongodb';
import { z } from 'zod';
import { Case, CaseEvent, CaseState } from '../../domain/case.ts';
import { tagsOf } from '../../domain/case-filter.ts';
import { type CaseNote, type CommandSeal, caseExpiresAt } from '../decision-record.ts';
import { type AnswerCollections, answerCollections } from './answer-documents.ts';
import { type AuditDocument, auditCollections, type OutboxDocument } from './audit-documents.ts';
import { type FingerprintCollections, fingerprintCollections } from './fingerprint-documents.ts';
import { type HandoverCollections, handoverCollections } from './handover-documents.ts';
import { type InstructionCollections, instructionCollections } from './instruction-documents.ts';
import { type PostCollections, postCollections } from './post-documents.ts';
import { type CollectionSpec, field } from './schema.ts';

/** `tags`: by what it is found in its queues; cases of before the desk could filter lack them until they change. */
export type CaseDocument = Omit<Case, 'id'> & { _id: string; expiresAt: string; tags?: string[] };
type EventDocument = Omit<CaseEvent, 'id'> & { _id: string; seal: CommandSeal | null };
type NoteDocument = Omit<CaseNote, 'eventId'> & { _id: string };
export interface CaseCollections extends HandoverCollections {
  cases: Collection<CaseDocument>;
  events: Collection<EventDocument>;
  notes: Collection<NoteDocument>;
  audit: Collection<AuditDocument>;
  outbox: Collection<OutboxDocument>;
  posts: PostCollections['posts'];
  texts: PostCollections['texts'];
  index: PostCollections['index'];
  fingerprints: FingerprintCollections['fingerprints'];
  fingerprintKeys: FingerprintCollections['fingerprintKeys'];
  instructions: InstructionCollections['instructions'];
  cards: InstructionCollections['cards'];
  replies: AnswerCollections['replies'];
}

export function caseCollections(db: Db): CaseCollections {
  const { posts, texts, index } = postCollections(db);
  return {
    cases: db.collection('cases'),
    events: db.collection('case_events'),
    notes: db.collection('case_notes'),
    replies: answerCollections(db).replies,
    ...auditCollections(db),
    posts,
    texts,
    index,
    ...fingerprintCollections(db),
    ...handoverCollections(db),
    ...instructionCollections(db),
  };
}

export const caseSpecs: readonly CollectionSpec[] = [
  {
    name: 'cases',
    version: 3,
    laterFields: {
      deadline: { since: '2026-11-23', type: field.textOrNull },
      replySeenAt: { since: '2026-11-23', type: field.textOrNull },
      routing: { since: '2026-11-23', type: field.object },
      tags: { since: '2026-11-23', type: field.texts },
    },
    fields: {
      version: field.number,
      state: { enum: CaseState.options },
      queues: field.texts,
      accessClass: field.accessClass,
      level: field.text,
      riskScore: field.number,
      lifeSafety: field.boolean,
      categories: field.texts,
      service: field.objectOrNull,
      channelId: field.text,
      postIds: field.texts,
      textVersion: field.number,
      openedAt: field.text,
      decisionId: field.textOrNull,
      decidedAt: field.textOrNull,
      unitId: field.textOrNull,
      referredAt: field.textOrNull,
      previousCaseId: field.textOrNull,
      claim: field.objectOrNull,
      expiresAt: field.text,
    },
    indexes: [
      {
        key: { queues: 1, state: 1, lifeSafety: -1, riskScore: -1, openedAt: 1, _id: 1 },
        since: '2026-11-22',
        reason: 'a queue page in its order; the class is filtered before counting',
      },
      {
        key: { queues: 1, deadline: 1, _id: 1 },
        options: { partialFilterExpression: { deadline: { $exists: true, $gt: '' } } },
        since: '2026-11-23',
        reason: 'what has a deadline, soonest first',
      },
      {
        key: { tags: 1, state: 1, lifeSafety: -1, riskScore: -1, openedAt: 1, _id: 1 },
        since: '2026-11-23',
        reason: 'a filtered queue page in its order, read along the most telling tag',
      },
      {
        key: { tags: 1, state: 1, openedAt: 1, _id: 1 },
        since: '2026-11-23',
        reason: 'the same, oldest or newest first',
      },
      {
        key: { queues: 1, state: 1, openedAt: 1, _id: 1 },
        since: '2026-11-23',
        reason: 'a queue, oldest or newest first',
      },
      {
        key: { 'claim.actorId': 1 },
        options: { partialFilterExpression: { 'claim.actorId': { $exists: true, $gt: '' } } },
        since: '2026-11-23',
        reason: 'what somebody holds',
      },
      {
        key: { 'claim.actorId': 1 },
        options: { partialFilterExpression: { 'claim.actorId': { $exists: true, $gt: '' } } },
        since: '2026-11-23',
        reason: 'what somebody whose account ends still holds',
      },
      { key: { postIds: 1, openedAt: -1 }, since: '2026-11-22', reason: 'the newest case of a post' },
      { key: { expiresAt: 1 }, since: '2026-11-22', reason: 'the purge' },
    ],
  },
  {
    name: 'case_events',
    version: 3,
    fields: {
      caseId: field.text,
      caseVersion: field.number,
      kind: field.text,
      at: field.text,
      actorId: field.textOrNull,
      decision: field.objectOrNull,
      undoes: field.textOrNull,
      before: field.object,
      seal: field.objectOrNull,
    },
    laterFields: {
      postId: { since: '2026-11-22', type: field.textOrNull },
      inherits: { since: '2026-11-22', type: field.textOrNull },
      reason: { since: '2026-11-23', type: field.text },
      holderId: { since: '2026-11-23', type: field.text },
    },
    indexes: [
      {
        key: { caseId: 1, caseVersion: 1 },
        options: { unique: true },
        since: '2026-11-22',
        reason: 'the history of a case, and no two events for one version',
      },
      {
        key: { postId: 1 },
        options: { partialFilterExpression: { postId: { $exists: true, $gt: '' } } },
        since: '2026-11-22',
        reason: 'the cases that a copy was parted from',
      },
    ],
  },
  {
    name: 'case_notes',
    version: 2,
    fields: {
      caseId: field.text,
      note: field.text,
      accessClass: field.accessClass,
      retentionClass: field.retentionClass,
      expiresAt: field.text,
    },
    indexes: [
      { key: { caseId: 1 }, since: '2026-11-22', reason: 'the notes of a case; hiding them on a referral' },
      { key: { expiresAt: 1 }, since: '2026-11-22', reason: 'the purge' },
    ],
  },
];

const WithId = z.looseObject({ _id: z.string() });

export function parseCaseDocument(document: unknown): Case {
  const { _id, ...fields } = WithId.parse(document);
  // Cases of before there were leads lack both.
  return Case.parse({ id: _id, deadline: null, replySeenAt: null, ...fields });
}

export function parseEventDocument(document: unknown): CaseEvent {
  const { _id, ...fields } = WithId.parse(document);
  // Events of before there were near copies name none.
  return CaseEvent.parse({ id: _id, postId: null, inherits: null, ...fields });
}

export function toCaseDocument(one: Case): CaseDocument {
  const { id, ...fields } = one;
  return { _id: id, ...fields, expiresAt: caseExpiresAt(one), tags: tagsOf(one) };
}
