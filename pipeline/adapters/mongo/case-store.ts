import { z } from 'zod';
import { type Case, isUndecided } from '../../domain/case.ts';
import { QueueName } from '../../domain/category.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import type { CaseEventWithNote, CaseStore, CaseVisibility, QueueQuery } from '../../ports/case-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Page } from '../../ports/page.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import {
  type CaseCollections,
  caseCollections,
  parseCaseDocument,
  parseEventDocument,
} from './case-documents.ts';
import type { MongoConnection } from './connection.ts';
import { postCollections } from './post-documents.ts';
import {
  recordCloseDocuments,
  recordDecisionDocuments,
  recordNoteDocuments,
  recordReopenDocuments,
  recordTakeOverDocuments,
  recordUndoDocuments,
} from './record-decision.ts';
import { recordSplitDocuments } from './record-split.ts';

const DueCursor = z.tuple([z.string(), z.string()]);
const QueueCursor = z.tuple([z.boolean(), z.number(), z.string(), z.string()]);

export function openMongoCaseStore({ client, db }: MongoConnection, clock: Clock): CaseStore {
  const at = caseCollections(db);
  const { verdicts } = postCollections(db);
  return {
    listQueue: (query) =>
      query.due === undefined ? listQueue(at, query) : listDueCases(at, { ...query, due: query.due }),
    countQueues: (visibility) => countQueues(at, visibility),
    findCase: (caseId, visibility) => findVisible(at, caseId, visibility),
    findReferral: async (caseId) => {
      const found = await at.cases.findOne({ _id: caseId, accessClass: 'safety' });
      return found === null || found.referredAt === null ? null : { referredAt: found.referredAt };
    },
    listEvents: (caseId, visibility) => listEvents(at, caseId, visibility, clock.now()),
    claimCase: (claim) => claimCase(at, claim),
    releaseClaim: async (caseId, token) => {
      await at.cases.updateOne({ _id: caseId, 'claim.token': token }, { $set: { claim: null } });
    },
    recordDecision: (command, actor, now) => recordDecisionDocuments(client, at, command, actor, now),
    recordClose: (command, actor, now) => recordCloseDocuments(client, at, command, actor, now),
    recordUndo: (command, actor, now) => recordUndoDocuments(client, at, command, actor, now),
    recordReopening: (command, actor, now) => recordReopenDocuments(client, at, command, actor, now),
    recordNote: (command, actor, now) => recordNoteDocuments(client, at, command, actor, now),
    recordTakeOver: (asked, actor, now) => recordTakeOverDocuments(client, at, asked, actor, now),
    recordSplit: (command, actor, now) =>
      recordSplitDocuments(client, { ...at, verdicts }, command, actor, now),
  };
}

async function findVisible(
  at: CaseCollections,
  caseId: string,
  visibility: CaseVisibility,
): Promise<Case | null> {
  const found = await at.cases.findOne({ _id: caseId, accessClass: { $in: [...visibility.accessClasses] } });
  return found === null ? null : parseCaseDocument(found);
}

/** What comes after the cursor in the order life safety, risk, oldest, id. */
function afterCursor(cursor: string) {
  const [lifeSafety, riskScore, openedAt, id] = parseCursor(cursor, QueueCursor);
  return {
    $or: [
      ...(lifeSafety ? [{ lifeSafety: false }] : []),
      { lifeSafety, riskScore: { $lt: riskScore } },
      { lifeSafety, riskScore, openedAt: { $gt: openedAt } },
      { lifeSafety, riskScore, openedAt, _id: { $gt: id } },
    ],
  };
}

async function listQueue(at: CaseCollections, query: QueueQuery): Promise<Page<Case>> {
  const found = await at.cases
    .find({
      queues: query.queue,
      state: { $in: [...query.states] },
      accessClass: { $in: [...query.accessClasses] },
      ...(query.cursor === null ? {} : afterCursor(query.cursor)),
    })
    .sort({ lifeSafety: -1, riskScore: -1, openedAt: 1, _id: 1 })
    .limit(query.limit + 1)
    .toArray();
  const items = found.slice(0, query.limit).map(parseCaseDocument);
  const last = items.at(-1);
  const more = found.length > query.limit && last !== undefined;
  return {
    items,
    nextCursor: more ? encodeCursor([last.lifeSafety, last.riskScore, last.openedAt, last.id]) : null,
  };
}

async function listDueCases(
  at: CaseCollections,
  query: QueueQuery & Required<Pick<QueueQuery, 'due'>>,
): Promise<Page<Case>> {
  const { kind, now, until } = query.due;
  const [deadline, id] = query.cursor === null ? ['', ''] : parseCursor(query.cursor, DueCursor);
  const found = await at.cases
    .find({
      queues: query.queue,
      deadline: kind === 'near' ? { $gte: now, $lt: until } : { $gt: '', $lt: now },
      $or: [{ deadline: { $gt: deadline } }, { deadline, _id: { $gt: id } }],
      state: { $in: [...query.states] },
      accessClass: { $in: [...query.accessClasses] },
    })
    .sort({ deadline: 1, _id: 1 })
    .limit(query.limit + 1)
    .toArray();
  const items = found.slice(0, query.limit).map(parseCaseDocument);
  const last = items.at(-1);
  const more = found.length > query.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.deadline, last.id]) : null };
}

async function countQueues(
  at: CaseCollections,
  visibility: CaseVisibility,
): Promise<Record<QueueName, number>> {
  const counts: Record<QueueName, number> = { safety: 0, review: 0, operations: 0, service: 0 };
  const rows = at.cases.aggregate<{ _id: QueueName; n: number }>([
    {
      $match: {
        // Every queue, so that the index, which begins with it, is used.
        queues: { $in: QueueName.options },
        state: { $in: ['open', 'reopened'] },
        accessClass: { $in: [...visibility.accessClasses] },
      },
    },
    { $unwind: '$queues' },
    { $group: { _id: '$queues', n: { $sum: 1 } } },
  ]);
  for await (const row of rows) counts[row._id] = row.n;
  return counts;
}

async function listEvents(
  at: CaseCollections,
  caseId: string,
  visibility: CaseVisibility,
  now: string,
): Promise<CaseEventWithNote[]> {
  if ((await findVisible(at, caseId, visibility)) === null) return [];
  const events = await at.events.find({ caseId }).sort({ caseVersion: 1 }).toArray();
  const notes = await at.notes
    .find({ caseId, expiresAt: { $gt: now }, accessClass: { $in: [...visibility.accessClasses] } })
    .toArray();
  const noteOf = new Map(notes.map((note) => [note._id, note.note]));
  return events.map((event) => ({ ...parseEventDocument(event), note: noteOf.get(event._id) ?? null }));
}

/** One conditional write: of many who try at once, the server lets one through. */
async function claimCase(at: CaseCollections, claim: Parameters<CaseStore['claimCase']>[0]): Promise<Case> {
  const { actorId, token, expiresAt } = claim;
  const claimed = await at.cases.findOneAndUpdate(
    {
      _id: claim.caseId,
      accessClass: { $in: [...claim.accessClasses] },
      state: { $in: ['open', 'reopened'] },
      $or: [{ claim: null }, { 'claim.actorId': actorId }, { 'claim.expiresAt': { $lte: claim.at } }],
    },
    { $set: { claim: { actorId, token, expiresAt } } },
    { returnDocument: 'after' },
  );
  if (claimed !== null) return parseCaseDocument(claimed);
  const found = await findVisible(at, claim.caseId, claim);
  if (found === null) throw new NotFound('没有这条线索。');
  if (!isUndecided(found.state)) throw new Conflict('这条线索已经处理过。');
  throw new Conflict('另一位同事正在处理这条线索。');
}
