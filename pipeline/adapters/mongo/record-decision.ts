import type { ClientSession, MongoClient } from 'mongodb';
import type { Actor, Case, CaseEvent } from '../../domain/case.ts';
import { buildNoting, type NoteCommand } from '../../domain/case-note.ts';
import { buildClosing, type CloseCommand } from '../../domain/closing.ts';
import { buildDecision, buildUndo, type DecisionCommand, type UndoCommand } from '../../domain/decision.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import { buildReopening, type ReopenCommand } from '../../domain/reopening.ts';
import { seenVersion } from '../../domain/seen-version.ts';
import type { SplitCommand } from '../../domain/split.ts';
import { buildTakeOver, type TakeOverCommand } from '../../domain/take-over.ts';
import type { RecordedDecision } from '../../ports/case-store.ts';
import {
  buildDecisionAudit,
  buildDecisionOutbox,
  buildNote,
  isSameCommand,
  sealCommand,
} from '../decision-record.ts';
import { insertFacts } from './audit-documents.ts';
import {
  type CaseCollections,
  parseCaseDocument,
  parseEventDocument,
  toCaseDocument,
} from './case-documents.ts';
import { reclassifyWritings } from './case-writings.ts';
import { inMongoTransaction } from './connection.ts';
import { changedWithCase, noteChanges } from './fact-changes.ts';
import { deleteFingerprints } from './fingerprint-documents.ts';
import { followCase, insertSlip } from './handover-documents.ts';
import { noteEarlierReply } from './reply-documents.ts';

type Command =
  | DecisionCommand
  | UndoCommand
  | SplitCommand
  | CloseCommand
  | ReopenCommand
  | NoteCommand
  | TakeOverCommand;
interface Scope {
  at: CaseCollections;
  session: ClientSession;
}

export function recordDecisionDocuments(
  client: MongoClient,
  at: CaseCollections,
  command: DecisionCommand,
  actor: Actor,
  now: string,
): Promise<RecordedDecision> {
  return inMongoTransaction(client, (session) =>
    record({ at, session }, command, actor, async (current, version) =>
      buildDecision(current, { ...command, version }, actor, now),
    ),
  );
}

export function recordUndoDocuments(
  client: MongoClient,
  at: CaseCollections,
  command: UndoCommand,
  actor: Actor,
  now: string,
): Promise<RecordedDecision> {
  return inMongoTransaction(client, (session) =>
    record({ at, session }, command, actor, async (current, version) => {
      const undone = await at.events.findOne({ _id: command.decisionId }, { session });
      if (undone === null) throw new NotFound('没有这条处理意见。');
      return buildUndo(current, parseEventDocument(undone), { ...command, version }, actor, now);
    }),
  );
}

export function recordCloseDocuments(
  client: MongoClient,
  at: CaseCollections,
  command: CloseCommand,
  actor: Actor,
  now: string,
): Promise<RecordedDecision> {
  return inMongoTransaction(client, (session) =>
    record({ at, session }, command, actor, async (current, version) => {
      const found =
        current.decisionId === null
          ? null
          : await at.events.findOne({ _id: current.decisionId }, { session });
      const holding = found === null ? null : parseEventDocument(found);
      return buildClosing(current, holding, { ...command, version }, actor, now);
    }),
  );
}

export function recordReopenDocuments(
  client: MongoClient,
  at: CaseCollections,
  command: ReopenCommand,
  actor: Actor,
  now: string,
): Promise<RecordedDecision> {
  return inMongoTransaction(client, (session) =>
    record({ at, session }, command, actor, async (current, version) => {
      const past = await listEventsSince({ at, session }, current.id, 0);
      return buildReopening({ current, past }, { ...command, version }, actor, now);
    }),
  );
}

export function recordNoteDocuments(
  client: MongoClient,
  at: CaseCollections,
  command: NoteCommand,
  actor: Actor,
  now: string,
): Promise<RecordedDecision> {
  return inMongoTransaction(client, (session) =>
    record({ at, session }, command, actor, async (current) => buildNoting(current, command, actor, now)),
  );
}

export function recordTakeOverDocuments(
  client: MongoClient,
  at: CaseCollections,
  { command, claim }: { command: TakeOverCommand; claim: { token: string; expiresAt: string } },
  actor: Actor,
  now: string,
): Promise<RecordedDecision> {
  return inMongoTransaction(client, (session) =>
    record({ at, session }, command, actor, async (current) =>
      buildTakeOver(current, { command, claim }, actor, now),
    ),
  );
}

async function record(
  scope: Scope,
  command: Command,
  actor: Actor,
  build: (current: Case, seenVersion: number) => Promise<{ next: Case; event: CaseEvent }>,
): Promise<RecordedDecision> {
  const { at, session } = scope;
  const repeated = await findRepeated(scope, command, actor);
  if (repeated !== null) return repeated;
  const stored = await at.cases.findOne({ _id: command.caseId }, { session });
  if (stored === null) throw new NotFound('没有这条线索。');
  const current = parseCaseDocument(stored);
  const version =
    'version' in command ? await findSeenVersion(scope, current, command.version) : current.version;
  const { next, event } = await build(current, version);
  const replaced = await at.cases.replaceOne(
    // Claims change no version: whoever took one since we looked keeps it.
    { _id: next.id, version: current.version, 'claim.token': current.claim?.token ?? null },
    toCaseDocument(next),
    { session },
  );
  if (replaced.matchedCount === 0) throw new Conflict('这条线索已有更新，请重新打开后再处理。');
  const { id, ...fields } = event;
  await at.events.insertOne({ _id: id, ...fields, seal: sealCommand(command, actor) }, { session });
  await noteChanges(at, session, changedWithCase(current, next));
  await insertNote(scope, event, next, command.note);
  if (next.accessClass !== current.accessClass) await reclassify(scope, next);
  await followCase(scope, { before: current, after: next, cause: event });
  if ('kind' in command && command.kind === 'hand-over') {
    await insertSlip(scope, next, command, actor, event.at);
  }
  await insertFacts(at, session, [buildDecisionAudit(event, actor)], [buildDecisionOutbox(event)]);
  return { case: await noteEarlierReply(scope, next, event), event, repeated: false };
}

/** The version that the person may be taken to have seen. */
export async function findSeenVersion(scope: Scope, current: Case, version: number): Promise<number> {
  if (version === current.version) return version;
  return seenVersion(current, version, await listEventsSince(scope, current.id, version));
}

async function listEventsSince(
  { at, session }: Scope,
  caseId: string,
  version: number,
): Promise<CaseEvent[]> {
  const found = await at.events
    .find({ caseId, caseVersion: { $gt: version } }, { session })
    .sort({ caseVersion: 1 })
    .toArray();
  return found.map(parseEventDocument);
}

/** @throws Conflict when another command has the id */
export async function findRepeated(
  { at, session }: Scope,
  command: Command,
  actor: Actor,
): Promise<RecordedDecision | null> {
  const found = await at.events.findOne({ _id: command.commandId }, { session });
  if (found === null) return null;
  const current = await at.cases.findOne({ _id: found.caseId }, { session });
  if (current === null || found.seal === null || !isSameCommand(found.seal, command, actor)) {
    throw new Conflict('同一编号的操作已经记录过，内容不同。');
  }
  return { case: parseCaseDocument(current), event: parseEventDocument(found), repeated: true };
}

export async function insertNote(
  { at, session }: Scope,
  event: CaseEvent,
  next: Case,
  note: string | null,
): Promise<void> {
  const [earliest] = await at.texts
    .find({ postId: { $in: next.postIds }, expiresAt: { $ne: null } }, { session })
    .sort({ expiresAt: 1 })
    .limit(1)
    .toArray();
  const built = buildNote(event, next, note, earliest?.expiresAt ?? null);
  if (built === null) return;
  const { eventId, ...fields } = built;
  await at.notes.insertOne({ _id: eventId, ...fields }, { session });
}

/** The class goes wherever text of the case stands. A note never becomes more open again. */
async function reclassify({ at, session }: Scope, next: Case): Promise<void> {
  const change = { $set: { accessClass: next.accessClass } };
  await at.posts.updateMany({ _id: { $in: next.postIds } }, change, { session });
  await at.texts.updateMany({ postId: { $in: next.postIds } }, change, { session });
  await at.index.updateMany({ _id: { $in: next.postIds } }, change, { session });
  await reclassifyWritings(at, session, next);
  if (next.accessClass === 'safety') await deleteFingerprints(at, session, next.postIds);
}
