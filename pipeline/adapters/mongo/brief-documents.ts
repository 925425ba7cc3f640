import type { Collection, Db } from 'mongodb';
import { z } from 'zod';
import { Brief, BriefKind, BriefState } from '../../domain/brief.ts';
import { BriefEvent } from '../../domain/brief-life.ts';
import { type AuditCollections, auditCollections } from './audit-documents.ts';
import { type CollectionSpec, field } from './schema.ts';

type BriefDocument = Omit<Brief, 'id'> & { _id: string };
/** `_id` is the command's. */
type EventDocument = Omit<BriefEvent, 'id'> & { _id: string; asked: string };
/** `_id` is the brief's and the number's. */
interface EvidenceDocument {
  _id: string;
  briefId: string;
  ids: string[];
}

export interface BriefCollections extends AuditCollections {
  briefs: Collection<BriefDocument>;
  events: Collection<EventDocument>;
  evidence: Collection<EvidenceDocument>;
  serials: Collection<{ _id: string; serial: number }>;
}

export function briefCollections(db: Db): BriefCollections {
  return {
    ...auditCollections(db),
    briefs: db.collection('briefs'),
    events: db.collection('brief_events'),
    evidence: db.collection('brief_evidence'),
    serials: db.collection('brief_serials'),
  };
}

const withId = <T extends z.ZodType>(schema: T) =>
  z
    .looseObject({ _id: z.string() })
    .transform(({ _id, ...fields }): unknown => ({ id: _id, ...fields }))
    .pipe(schema);
export const BriefDocumentSchema = withId(Brief);
export const LineDocumentSchema = withId(Brief.omit({ facts: true, words: true }));
export const EventDocumentSchema = withId(BriefEvent);

export function toBriefDocument({ id, ...fields }: Brief): BriefDocument {
  return { _id: id, ...fields };
}

export const evidenceId = (briefId: string, numberId: string): string => `${briefId}/${numberId}`;

export const briefSpecs: readonly CollectionSpec[] = [
  {
    name: 'briefs',
    fields: {
      version: field.number,
      kind: { enum: BriefKind.options },
      state: { enum: BriefState.options },
      period: field.object,
      number: field.textOrNull,
      facts: field.object,
      words: field.object,
      scheduleKey: field.textOrNull,
      createdBy: field.textOrNull,
      createdAt: field.text,
      wordsBy: field.objectOrNull,
      submittedBy: field.objectOrNull,
      submittedAt: field.textOrNull,
      returnReason: field.textOrNull,
      approvedBy: field.objectOrNull,
      approvedAt: field.textOrNull,
      hash: field.textOrNull,
      withdrawnReason: field.textOrNull,
      replaces: field.textOrNull,
      replacedBy: field.textOrNull,
      expiresAt: field.text,
    },
    indexes: [
      {
        key: { scheduleKey: 1 },
        options: { unique: true, partialFilterExpression: { scheduleKey: { $type: 'string' } } },
        since: '2026-11-23',
        reason: 'the machine makes one a period',
      },
      { key: { createdAt: -1, _id: -1 }, since: '2026-11-23', reason: 'the list, newest first' },
      { key: { expiresAt: 1 }, since: '2026-11-23', reason: 'the purge' },
    ],
  },
  {
    name: 'brief_events',
    fields: {
      briefId: field.text,
      briefVersion: field.number,
      kind: field.text,
      at: field.text,
      actorId: field.textOrNull,
      onBehalfOf: field.textOrNull,
      from: field.textOrNull,
      to: field.text,
      reason: field.textOrNull,
      hash: field.textOrNull,
      asked: field.text,
    },
    indexes: [
      { key: { briefId: 1, briefVersion: 1 }, since: '2026-11-23', reason: 'the history of a brief' },
    ],
  },
  {
    name: 'brief_evidence',
    fields: { briefId: field.text, ids: field.texts },
    indexes: [{ key: { briefId: 1 }, since: '2026-11-23', reason: 'goes with its brief' }],
  },
  { name: 'brief_serials', fields: { serial: field.number }, indexes: [] },
];
