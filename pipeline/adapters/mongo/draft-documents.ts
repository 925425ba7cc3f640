import type { ClientSession, Collection, Db } from 'mongodb';
import type { CheckResult } from '../../domain/check.ts';
import { Draft, DraftVersion, type KeptSeal } from '../../domain/draft.ts';
import type { SealEnd } from '../../domain/draft-change.ts';
import type { DraftLink } from '../../domain/draft-link.ts';
import type { DraftEvent } from '../../domain/draft-move-command.ts';
import { Conflict } from '../../domain/errors.ts';
import type { CommandSeal } from '../decision-record.ts';
import { buildDraftAudit, buildDraftOutbox, draftKeys, filesOf } from '../draft-record.ts';
import { type AuditCollections, auditCollections, insertFacts } from './audit-documents.ts';
import { type CollectionSpec, field } from './schema.ts';

/** The draft whole, and beside it what it is found by (keys of adapters/draft-record.ts). */
export interface DraftDocument {
  _id: string;
  revision: number;
  /** Missing until the first submission: a number is one draft's. */
  number?: string;
  unitId: string;
  state: Draft['state'];
  title: string;
  changedAt: string;
  lateBy: string | null;
  confirmBy: string | null;
  takeDownAt: string | null;
  waits: string[];
  writers: string[];
  involved: string[];
  named: string[];
  channels: string[];
  /** It has, or had, a seal. */
  sealed: boolean;
  expiresAt: string | null;
  facts: Draft;
}
/** Keyed by draft and version. */
interface VersionDocument extends Omit<DraftVersion, 'content'> {
  _id: string;
  /** As JSON: what is compared and sealed comes back as it was. */
  content: string;
  files: string[];
}
interface EventDocument {
  _id: string;
  draftId: string;
  revision: number;
  event: DraftEvent;
  seal: CommandSeal | null;
  files: string[];
}
interface ReportDocument {
  _id: string;
  draftId: string;
  round: number;
  report: CheckResult;
}
type SealDocument = KeptSeal & { _id: string; revision: number; digest: string };
type LinkDocument = Omit<DraftLink, 'id'> & { _id: string };

export interface DraftCollections extends AuditCollections {
  drafts: Collection<DraftDocument>;
  versions: Collection<VersionDocument>;
  events: Collection<EventDocument>;
  reports: Collection<ReportDocument>;
  seals: Collection<SealDocument>;
  /** `_id` is the year. */
  numbers: Collection<{ _id: string; last: number }>;
  links: Collection<LinkDocument>;
  /** `_id` is the hash of a file that was brought. */
  uploads: Collection<{ _id: string; at: string }>;
}

export function draftCollections(db: Db): DraftCollections {
  return {
    ...auditCollections(db),
    drafts: db.collection('drafts'),
    versions: db.collection('draft_versions'),
    events: db.collection('draft_events'),
    reports: db.collection('draft_reports'),
    seals: db.collection('draft_seals'),
    numbers: db.collection('draft_numbers'),
    links: db.collection('draft_links'),
    uploads: db.collection('draft_uploads'),
  };
}

const since = '2026-11-23';
const ofOne = (second: string, unique = true) => ({
  ...{ key: { draftId: 1, [second]: 1 } as const, since, reason: 'those of a draft, in order' },
  ...(unique ? { options: { unique: true } } : {}),
});

export const draftSpecs: readonly CollectionSpec[] = [
  {
    name: 'drafts',
    fields: {
      ...{ revision: field.number, unitId: field.text, state: field.text, title: field.text },
      ...{ changedAt: field.text, lateBy: field.textOrNull, confirmBy: field.textOrNull },
      ...{ takeDownAt: field.textOrNull, waits: field.texts, writers: field.texts, involved: field.texts },
      ...{ named: field.texts, channels: field.texts, sealed: field.boolean, expiresAt: field.textOrNull },
      facts: field.object,
    },
    laterFields: { number: { since, type: field.text } },
    indexes: [
      {
        key: { number: 1 },
        options: { unique: true, partialFilterExpression: { number: { $type: 'string' } } },
        since,
        reason: 'one draft a number',
      },
      { key: { changedAt: 1, _id: 1 }, since, reason: 'all, by their last change' },
      { key: { state: 1, changedAt: 1, _id: 1 }, since, reason: 'those of a state' },
      { key: { unitId: 1, state: 1, changedAt: 1, _id: 1 }, since, reason: 'those of a unit' },
      { key: { waits: 1, changedAt: 1, _id: 1 }, since, reason: 'what waits for somebody' },
      { key: { writers: 1, changedAt: 1, _id: 1 }, since, reason: "somebody's own" },
      { key: { named: 1 }, since, reason: 'where somebody is named by a step' },
      { key: { lateBy: 1, _id: 1 }, since, reason: 'a review to come after the approval' },
      { key: { confirmBy: 1, _id: 1 }, since, reason: 'signatures to confirm' },
      { key: { takeDownAt: 1, _id: 1 }, since, reason: 'what has to be taken down' },
      {
        key: { sealed: 1, changedAt: 1, _id: 1 },
        since,
        reason: 'what is or was sealed, for the live match',
      },
      { key: { expiresAt: 1 }, since, reason: 'the purge' },
    ],
  },
  {
    name: 'draft_versions',
    fields: {
      ...{ draftId: field.text, version: field.number, writtenBy: field.text, savedAt: field.text },
      ...{ frozen: field.boolean, content: field.text, files: field.texts },
    },
    indexes: [ofOne('version'), { key: { files: 1 }, since, reason: 'what names a file' }],
  },
  {
    name: 'draft_events',
    fields: {
      ...{ draftId: field.text, revision: field.number, event: field.object, seal: field.objectOrNull },
      files: field.texts,
    },
    indexes: [ofOne('revision'), { key: { files: 1 }, since, reason: 'what names a file' }],
  },
  {
    name: 'draft_reports',
    fields: { draftId: field.text, round: field.number, report: field.object },
    indexes: [ofOne('round')],
  },
  {
    name: 'draft_seals',
    fields: {
      ...{ draftId: field.text, revision: field.number, digest: field.text, seal: field.object },
      ...{ endedAt: field.textOrNull, endedBy: field.textOrNull },
    },
    indexes: [ofOne('revision')],
  },
  { name: 'draft_numbers', fields: { last: field.number }, indexes: [] },
  {
    name: 'draft_links',
    fields: {
      ...{ draftId: field.text, contentVersion: field.number, digest: field.text, createdBy: field.text },
      ...{ createdAt: field.text, expiresAt: field.text, deviceDigest: field.textOrNull },
      openedAt: field.textOrNull,
    },
    indexes: [
      { key: { digest: 1 }, options: { unique: true }, since, reason: 'a link by what is left of its token' },
      ofOne('createdAt', false),
    ],
  },
  {
    name: 'draft_uploads',
    fields: { at: field.text },
    indexes: [{ key: { at: 1 }, since, reason: 'files that may be loose' }],
  },
];

/** What hangs on a draft, and goes before it. */
export const draftParts = [
  'draft_versions',
  'draft_events',
  'draft_reports',
  'draft_seals',
  'draft_links',
  'draft_comments',
] as const;

/** Within one transaction. */
export interface DraftScope {
  at: DraftCollections;
  session: ClientSession;
}

export function parseDraftDocument({ facts }: Pick<DraftDocument, 'facts'>): Draft {
  return Draft.parse(facts);
}

export function toDraftDocument(draft: Draft, sealed: boolean): DraftDocument {
  const { id, revision, number, unitId, state, title, changedAt, expiresAt } = draft;
  return {
    ...{ _id: id, revision, unitId, state, title, changedAt, sealed, expiresAt, facts: draft },
    ...(number === null ? {} : { number }),
    ...draftKeys(draft),
  };
}

/** Compare-and-swap on the revision. @throws Conflict when another is stored */
export async function replaceDraft(
  { at, session }: DraftScope,
  { next, sealed, expectedRevision }: { next: Draft; sealed: boolean; expectedRevision: number },
): Promise<void> {
  const filter = { _id: next.id, revision: expectedRevision };
  const { matchedCount } = await at.drafts.replaceOne(filter, toDraftDocument(next, sealed), { session });
  if (matchedCount === 0) throw new Conflict('这篇稿件已有更新，请重新打开后再办理。');
}

/** The running number of the year: one that a transaction took and did not keep is the next one's again. */
export async function takeDraftNumber({ at, session }: DraftScope, year: number): Promise<number> {
  const counted = await at.numbers.findOneAndUpdate(
    { _id: String(year) },
    { $inc: { last: 1 } },
    { upsert: true, returnDocument: 'after', session },
  );
  return counted?.last ?? 1;
}

export function parseVersionDocument({ _id, files, content, ...version }: VersionDocument): DraftVersion {
  return DraftVersion.parse({ ...version, content: JSON.parse(content) });
}

/** Writes over the version of this number, with the files that it names. */
export async function writeVersion(
  { at, session }: DraftScope,
  { content, ...version }: DraftVersion,
): Promise<void> {
  const files = filesOf(content);
  const document = { ...version, content: JSON.stringify(content), files };
  const filter = { _id: `${version.draftId}/${version.version}` };
  await at.versions.replaceOne(filter, document, { upsert: true, session });
  await noteFiles({ at, session }, files, version.savedAt);
}

/** Known as brought, so that they are found once they are named no more. */
async function noteFiles({ at, session }: DraftScope, hashes: readonly string[], now: string): Promise<void> {
  for (const hash of hashes)
    await at.uploads.updateOne({ _id: hash }, { $setOnInsert: { at: now } }, { upsert: true, session });
}

/** The event with its audit and outbox entries, and the file that it names. */
export async function insertDraftEvent(
  { at, session }: DraftScope,
  { event, number }: { event: DraftEvent; number: string | null },
  seal: CommandSeal | null,
): Promise<void> {
  const { id, draftId, revision } = event;
  const files = event.details.scan === null ? [] : [event.details.scan];
  await at.events.insertOne({ _id: id, draftId, revision, event, seal, files }, { session });
  await noteFiles({ at, session }, files, event.at);
  await insertFacts(at, session, [buildDraftAudit(event, number)], [buildDraftOutbox(event)]);
}

/** The seal that holds from this change on, if it makes one, and the end of the one before. @returns whether it made one */
export async function writeSeals(
  { at, session }: DraftScope,
  { before, next, ended }: { before: Draft; next: Draft; ended: SealEnd | null },
): Promise<boolean> {
  if (ended !== null && before.seal !== null) {
    const filter = { draftId: next.id, digest: before.seal.digest, endedAt: null };
    const end = { $set: { endedAt: next.changedAt, endedBy: ended } };
    await at.seals.updateOne(filter, end, { session });
  }
  const { id: draftId, revision, seal } = next;
  if (seal === null || seal.digest === before.seal?.digest) return false;
  const kept = { draftId, seal, endedAt: null, endedBy: null };
  await at.seals.insertOne(
    { _id: `${draftId}/${revision}`, revision, digest: seal.digest, ...kept },
    { session },
  );
  return true;
}
