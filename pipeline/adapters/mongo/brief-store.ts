import type { ClientSession } from 'mongodb';
import { z } from 'zod';
import type { Brief, BriefHand } from '../../domain/brief.ts';
import {
  asksForApproved,
  assertOnlyIssue,
  briefYear,
  type ChangedBrief,
  createBrief,
  type MoveBrief,
  moveBrief,
  type NewBrief,
  replaceBrief,
  type SaveBriefWords,
  saveWords,
} from '../../domain/brief-life.ts';
import type { BriefLine, BriefQuery, BriefStore, RecordedBrief } from '../../ports/brief-store.ts';
import type { Page } from '../../ports/page.ts';
import {
  askedDigest,
  assertSameAsked,
  buildBriefAudit,
  frozenIds,
  missingBrief,
  sha256,
  staleBrief,
} from '../brief-record.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { insertFacts } from './audit-documents.ts';
import {
  type BriefCollections,
  BriefDocumentSchema,
  briefCollections,
  EventDocumentSchema,
  evidenceId,
  LineDocumentSchema,
  toBriefDocument,
} from './brief-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { isDuplicateKey } from './mongo-errors.ts';
import { wholeBatch } from './post-documents.ts';

interface Scope {
  at: BriefCollections;
  session: ClientSession;
}

export function openMongoBriefStore({ client, db }: MongoConnection): BriefStore {
  const at = briefCollections(db);
  const inOne = <T>(write: (scope: Scope) => Promise<T>) =>
    inMongoTransaction(client, (session) => write({ at, session }));
  return {
    create: async (command, hand, now) => {
      try {
        return await inOne((scope) => create(scope, command, hand, now));
      } catch (error) {
        // Of two at the same moment one was faster: what stands now tells which it is.
        if (!isDuplicateKey(error)) throw error;
        return inOne((scope) => create(scope, command, hand, now));
      }
    },
    saveWords: (command, hand, now) =>
      inOne((scope) =>
        change(scope, command, hand, async (current) => [saveWords(current, command, hand, now)]),
      ),
    move: (command, hand, known) => inOne((scope) => move(scope, command, hand, known)),
    find: async (id) => {
      const found = await at.briefs.findOne({ _id: id });
      return found === null ? null : BriefDocumentSchema.parse(found);
    },
    findScheduled: async (keys) => {
      const found = at.briefs.find(
        { scheduleKey: { $in: [...keys] } },
        { projection: { scheduleKey: 1 }, ...wholeBatch },
      );
      return (await found.toArray()).map(({ scheduleKey }) => scheduleKey ?? '').sort();
    },
    list: (query) => list(at, query),
    listEvents: async (id) => {
      const found = at.events.find({ briefId: id }, wholeBatch).sort({ briefVersion: 1 });
      return (await found.toArray()).map((one) => EventDocumentSchema.parse(one));
    },
    readEvidence: async (id, numberId) =>
      (await at.evidence.findOne({ _id: evidenceId(id, numberId) }))?.ids ?? null,
  };
}

async function find({ at, session }: Scope, id: string): Promise<Brief | null> {
  const found = await at.briefs.findOne({ _id: id }, { session });
  return found === null ? null : BriefDocumentSchema.parse(found);
}

async function findRepeated(
  scope: Scope,
  command: NewBrief | SaveBriefWords | MoveBrief,
  hand: BriefHand | null,
): Promise<RecordedBrief | null> {
  const known = await scope.at.events.findOne({ _id: command.commandId }, { session: scope.session });
  if (known === null) return null;
  assertSameAsked(known.asked, askedDigest(command, hand));
  const brief = await find(scope, known.briefId);
  return brief === null ? null : { brief, repeated: true };
}

async function create(
  scope: Scope,
  command: NewBrief,
  hand: BriefHand | null,
  now: string,
): Promise<RecordedBrief | null> {
  const { at, session } = scope;
  const repeated = await findRepeated(scope, command, hand);
  if (repeated !== null) return repeated;
  const { scheduleKey } = command;
  if (scheduleKey !== null && (await at.briefs.findOne({ scheduleKey }, { session })) !== null) return null;
  const made = createBrief(command, hand, now);
  // The machine has a key of its own; its draft cannot be issued beside another one either.
  if (hand !== null) assertOnlyIssue(made.next, await listApproved(scope, made.next));
  await at.briefs.insertOne(toBriefDocument(made.next), { session });
  const evidence = frozenIds(command).map(([numberId, ids]) => ({
    ...{ _id: evidenceId(made.next.id, numberId), briefId: made.next.id, ids },
  }));
  if (evidence.length > 0) await at.evidence.insertMany(evidence, { session });
  await note(scope, made, askedDigest(command, hand));
  return { brief: made.next, repeated: false };
}

/** The event and the audit entry. */
async function note(scope: Scope, { next, event }: ChangedBrief, asked: string): Promise<void> {
  const { id, ...fields } = event;
  await scope.at.events.insertOne({ _id: id, ...fields, asked }, { session: scope.session });
  await insertFacts(scope.at, scope.session, [buildBriefAudit(event, next)], []);
}

async function change(
  scope: Scope,
  command: SaveBriefWords | MoveBrief,
  hand: BriefHand,
  make: (current: Brief) => Promise<ChangedBrief[]>,
): Promise<RecordedBrief> {
  const { at, session } = scope;
  const repeated = await findRepeated(scope, command, hand);
  if (repeated !== null) return repeated;
  const current = await find(scope, command.briefId);
  if (current === null) throw missingBrief();
  const made = await make(current);
  for (const one of made) {
    const { _id, facts: _facts, ...fields } = toBriefDocument(one.next);
    const filter = { _id, version: one.next.version - 1 };
    const { matchedCount } = await at.briefs.updateOne(filter, { $set: fields }, { session });
    if (matchedCount === 0) throw staleBrief();
    await note(scope, one, askedDigest(command, hand));
  }
  return { brief: made[0]?.next ?? current, repeated: false };
}

async function takeSerial({ at, session }: Scope, key: string): Promise<number> {
  const raised = await at.serials.findOneAndUpdate(
    { _id: key },
    { $inc: { serial: 1 } },
    { session, upsert: true, returnDocument: 'after' },
  );
  return raised?.serial ?? 1;
}

/** In force, of its kind, and to the same day: among them those of its period. */
async function listApproved(
  { at, session }: Scope,
  { kind, period }: Pick<Brief, 'kind' | 'period'>,
): Promise<Brief[]> {
  const found = at.briefs.find({ state: 'approved', kind, 'period.toDay': period.toDay }, { session });
  return (await found.toArray()).map((one) => BriefDocumentSchema.parse(one));
}

async function move(
  scope: Scope,
  command: MoveBrief,
  hand: BriefHand,
  known: { at: string; mayApprove: boolean },
): Promise<RecordedBrief> {
  return change(scope, command, hand, async (current) => {
    const { at } = known;
    const approves = command.move === 'approve';
    // A refusal rolls the number back with everything else.
    const running = approves ? await takeSerial(scope, `${current.kind} ${briefYear(at)}`) : 0;
    // Two approvals at once meet at the number: the later one begins anew, and finds the first in force.
    const approved = asksForApproved(command.move) ? await listApproved(scope, current) : [];
    const made = [moveBrief(current, command, hand, { ...known, running, approved, digest: sha256 })];
    const before = approves && current.replaces !== null ? await find(scope, current.replaces) : null;
    const replaced =
      before === null
        ? null
        : replaceBrief(before, { id: current.id, commandId: command.commandId }, hand, at);
    return replaced === null ? made : [...made, replaced];
  });
}

const Cursor = z.tuple([z.string(), z.string()]);

async function list(
  at: BriefCollections,
  { states, kinds, cursor, limit }: BriefQuery,
): Promise<Page<BriefLine>> {
  const after = cursor === null ? null : parseCursor(cursor, Cursor);
  const older =
    after === null
      ? {}
      : { $or: [{ createdAt: { $lt: after[0] } }, { createdAt: after[0], _id: { $lt: after[1] } }] };
  const found = await at.briefs
    .find(
      { state: { $in: [...states] }, kind: { $in: [...kinds] }, ...older },
      { projection: { facts: 0, words: 0 } },
    )
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const items = found.slice(0, limit).map((one) => LineDocumentSchema.parse(one));
  const last = items.at(-1);
  const more = found.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.createdAt, last.id]) : null };
}
