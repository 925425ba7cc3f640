import type { Collection } from 'mongodb';
import { CheckResult } from '../../domain/check.ts';
import { type Draft, type DraftVersion, KeptSeal } from '../../domain/draft.ts';
import { buildDraftMove } from '../../domain/draft-change.ts';
import { DraftEvent, type DraftMoveCommand, type FoundForMove } from '../../domain/draft-move-command.ts';
import { draftYear, formatDraftNumber } from '../../domain/draft-number.ts';
import { buildDraft, buildSave, type CreateDraft, type SaveDraft } from '../../domain/draft-save.ts';
import type { DraftMover } from '../../domain/draft-steps.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import type { DraftStore, RecordedDraftMove, SealedDrafts } from '../../ports/draft-store.ts';
import { otherCommandKnown } from '../audit-entry.ts';
import { isSameCommand, sealCommand } from '../decision-record.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import {
  type DraftCollections,
  type DraftScope,
  draftCollections,
  insertDraftEvent,
  parseDraftDocument,
  parseVersionDocument,
  replaceDraft,
  takeDraftNumber,
  toDraftDocument,
  writeSeals,
  writeVersion,
} from './draft-documents.ts';
import { countDrafts, findInSight, listDrafts, listSealed } from './draft-lists.ts';

export function openMongoDraftStore({ client, db }: MongoConnection): DraftStore & SealedDrafts {
  const at = draftCollections(db);
  const inOne = <T>(write: (scope: DraftScope) => Promise<T>) =>
    inMongoTransaction(client, (session) => write({ at, session }));
  return {
    create: (command, mover, now) => inOne((scope) => create(scope, command, mover, now)),
    save: (command, mover, now) => inOne((scope) => save(scope, command, mover, now)),
    recordMove: (move, mover, now) => inOne((scope) => recordMove(scope, move, mover, now)),
    find: (id, sight) => findInSight(at, { _id: id }, sight),
    findByNumber: (number, sight) => findInSight(at, { number }, sight),
    list: (query) => listDrafts(at, query),
    count: (asked) => countDrafts(at, asked),
    findVersion: (id, version) => findVersion(at, id, version),
    listVersions: async (id) => {
      const found = at.versions.find({ draftId: id }, { projection: { _id: 0, content: 0, files: 0 } });
      return (await found.sort({ version: 1 }).toArray()) as Omit<DraftVersion, 'content'>[];
    },
    findReport: async (id, round) => {
      const asked = round === undefined ? { draftId: id } : { draftId: id, round };
      const found = await at.reports.findOne(asked, { sort: { round: -1 } });
      return found === null ? null : CheckResult.parse(found.report);
    },
    listEvents: async (id) => {
      const found = await at.events.find({ draftId: id }).sort({ revision: 1 }).toArray();
      return found.map(({ event }) => DraftEvent.parse(event));
    },
    listSeals: async (id) => {
      const found = await at.seals.find({ draftId: id }).sort({ revision: 1 }).toArray();
      return found.map((kept) => KeptSeal.parse(kept));
    },
    listSealed: (query) => listSealed(at, query),
  };
}

const actorOf = ({ id }: DraftMover) => ({ id, roles: [] });

async function findVersion(at: DraftCollections, id: string, version?: number): Promise<DraftVersion | null> {
  const wanted = version ?? (await at.drafts.findOne({ _id: id }))?.facts.contentVersion;
  const found = wanted === undefined ? null : await at.versions.findOne({ draftId: id, version: wanted });
  return found === null ? null : parseVersionDocument(found);
}

async function findKnown<T extends { _id: string }>(
  collection: Collection<T>,
  id: string,
  { session }: DraftScope,
) {
  return collection.findOne({ _id: id } as Parameters<typeof collection.findOne>[0], { session });
}

async function create(
  scope: DraftScope,
  command: CreateDraft,
  mover: DraftMover,
  now: string,
): Promise<Draft> {
  const { at, session } = scope;
  const known = await findKnown(at.drafts, command.commandId, scope);
  if (known !== null) {
    const made = await findKnown(at.events, `${command.commandId}/1`, scope);
    if (made?.seal == null || !isSameCommand(made.seal, command, actorOf(mover))) throw otherCommandKnown();
    return parseDraftDocument(known);
  }
  const { draft, version, event } = buildDraft(command, mover, now);
  await at.drafts.insertOne(toDraftDocument(draft, false), { session });
  await writeVersion(scope, version);
  await insertDraftEvent(scope, { event, number: null }, sealCommand(command, actorOf(mover)));
  return draft;
}

async function save(scope: DraftScope, command: SaveDraft, mover: DraftMover, now: string): Promise<Draft> {
  const { at, session } = scope;
  const found = await findKnown(at.drafts, command.draftId, scope);
  const last = { sort: { version: -1 as const }, session };
  const newest = await at.versions.findOne({ draftId: command.draftId }, last);
  if (found === null || newest === null) throw new NotFound('没有这篇稿件。');
  const draft = parseDraftDocument(found);
  const saved = buildSave(draft, parseVersionDocument(newest), command, { mover, at: now });
  if (saved === null) return draft;
  await replaceDraft(scope, { next: saved.draft, sealed: found.sealed, expectedRevision: draft.revision });
  await writeVersion(scope, saved.version);
  if (saved.event !== null) await insertDraftEvent(scope, { event: saved.event, number: draft.number }, null);
  return saved.draft;
}

async function recordMove(
  scope: DraftScope,
  { command, found, report }: { command: DraftMoveCommand; found: FoundForMove; report?: CheckResult },
  mover: DraftMover,
  now: string,
): Promise<RecordedDraftMove> {
  const { at } = scope;
  const document = await findKnown(at.drafts, command.draftId, scope);
  if (document === null) throw new NotFound('没有这篇稿件。');
  const draft = parseDraftDocument(document);
  const known = await findKnown(at.events, command.commandId, scope);
  if (known !== null) {
    if (known.seal === null || !isSameCommand(known.seal, command, actorOf(mover))) throw otherCommandKnown();
    return { draft, event: DraftEvent.parse(known.event), repeated: true };
  }
  const { next: moved, event, sealEnded } = buildDraftMove(draft, { command, found }, mover, now);
  const next = command.move === 'submit' ? await submitted(scope, moved, { report, now }) : moved;
  const sealedNow = await writeSeals(scope, { before: draft, next, ended: sealEnded });
  const sealed = document.sealed || sealedNow;
  await replaceDraft(scope, { next, sealed, expectedRevision: draft.revision });
  await insertDraftEvent(scope, { event, number: next.number }, sealCommand(command, actorOf(mover)));
  return { draft: next, event, repeated: false };
}

/** What was submitted is kept as it was: the version, and the report on it. */
async function submitted(
  scope: DraftScope,
  draft: Draft,
  { report, now }: { report: CheckResult | undefined; now: string },
): Promise<Draft> {
  if (report === undefined) throw new Conflict('稿件还没有检查，不能送审。');
  const { at, session } = scope;
  const { id: draftId, round, contentVersion: version } = draft;
  await at.versions.updateOne({ draftId, version }, { $set: { frozen: true } }, { session });
  await at.reports.insertOne({ _id: `${draftId}/${round}`, draftId, round, report }, { session });
  if (draft.number !== null) return draft;
  const year = draftYear(now);
  return { ...draft, number: formatDraftNumber(year, await takeDraftNumber(scope, year)) };
}
