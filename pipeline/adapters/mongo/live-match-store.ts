import type { ClientSession, Filter } from 'mongodb';
import { NotFound } from '../../domain/errors.ts';
import {
  buildLiveMatch,
  type ExplainLive,
  explainLive,
  isAbsent,
  type LiveFinding,
  type LiveMatch,
  liveMatchId,
  type MetItem,
} from '../../domain/live-match.ts';
import type { LiveMatchStore, LiveQuery } from '../../ports/live-match-store.ts';
import type { Page } from '../../ports/page.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { buildLiveAudit, fillCounts, LiveCursor, saysOtherThan } from '../live-record.ts';
import { type AuditCollections, auditCollections, insertFacts } from './audit-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import {
  type LiveCollections,
  type LiveMatchDocument,
  liveCollections,
  parseLiveItem,
  parseLiveMatch,
  toLiveItem,
  toLiveMatch,
} from './live-match-documents.ts';

type At = LiveCollections & AuditCollections;
const cursorId = 'drafts';

export function openMongoLiveMatchStore({ client, db }: MongoConnection): LiveMatchStore {
  const at: At = { ...liveCollections(db), ...auditCollections(db) };
  const inOne = <T>(run: (session: ClientSession) => Promise<T>) => inMongoTransaction(client, run);
  return {
    noteItems: (items, now) => inOne((session) => noteItems(at, { items, now }, session)),
    listDue: async (now, limit) => {
      const due = at.liveItems
        .find({ dueAt: { $lte: now } })
        .sort({ dueAt: 1, _id: 1 })
        .limit(limit);
      return (await due.toArray()).map(parseLiveItem);
    },
    defer: async ({ postId, mark }, until) => {
      await at.liveItems.updateOne({ _id: postId, mark }, { $set: { dueAt: until } });
    },
    wake: (which, now) => wake(at, which, now),
    wakeItems: async (postIds, now) => {
      await at.liveItems.updateMany(
        { _id: { $in: [...postIds] } },
        { $set: { dueAt: now }, $inc: { mark: 1 } },
      );
    },
    record: (finding, mark, now) => inOne((session) => record(at, { finding, mark, now }, session)),
    forget: async (id) => {
      if (isAbsent(id)) await at.liveMatches.deleteOne({ _id: id });
      else await at.liveItems.deleteOne({ _id: id });
    },
    find: (id) => find(at, id),
    listOfDraft: async (draftId) =>
      (await at.liveMatches.find({ draftId }).sort({ _id: 1 }).toArray()).map(parseLiveMatch),
    findByAddress: async (address) => {
      const items = await at.liveItems.find({ address }).sort({ _id: 1 }).toArray();
      return Promise.all(items.map(async ({ _id }) => ({ postId: _id, match: await find(at, _id) })));
    },
    list: (query) => list(at, query),
    countOpen: async (query) => {
      const counted = at.liveMatches.aggregate<{ _id: string; count: number }>([
        { $match: { open: true, ...inSight(query) } },
        { $group: { _id: '$result', count: { $sum: 1 } } },
      ]);
      return fillCounts((await counted.toArray()).map(({ _id, count }) => ({ result: _id, count })));
    },
    explain: (command, by, now) => inOne((session) => explain(at, { command, by, now }, session)),
    readCursor: async () => (await at.liveCursor.findOne({ _id: cursorId }))?.changedAt ?? null,
    writeCursor: async (changedAt) => {
      await at.liveCursor.updateOne({ _id: cursorId }, { $set: { changedAt } }, { upsert: true });
    },
    purge: async (now) => (await at.liveMatches.deleteMany({ expiresAt: { $lte: now } })).deletedCount,
  };
}

async function noteItems(
  { liveItems }: LiveCollections,
  { items, now }: { items: readonly MetItem[]; now: string },
  session: ClientSession,
): Promise<void> {
  const ids = items.map(({ postId }) => postId);
  const stored = await liveItems.find({ _id: { $in: ids } }, { session }).toArray();
  const known = new Map(stored.map((one) => [one._id, parseLiveItem(one)]));
  const writes = items.flatMap((item) => {
    const before = known.get(item.postId) ?? null;
    if (before !== null && !saysOtherThan(before, item)) return [];
    const replacement = toLiveItem(item, before, now);
    known.set(item.postId, parseLiveItem(replacement));
    const { _id, ...fields } = replacement;
    return [{ replaceOne: { filter: { _id }, replacement: fields, upsert: true } }];
  });
  if (writes.length > 0) await liveItems.bulkWrite(writes, { session, ordered: true });
}

async function wake(
  { liveItems, liveMatches }: LiveCollections,
  { draftId, channelIds, since, addresses }: Parameters<LiveMatchStore['wake']>[0],
  now: string,
): Promise<number> {
  const ofDraft = await liveMatches.find({ draftId }).project<{ _id: string }>({ _id: 1 }).toArray();
  const { matchedCount } = await liveItems.updateMany(
    {
      $or: [
        { channelId: { $in: [...channelIds] }, sortAt: { $gte: since } },
        { address: { $in: [...addresses] } },
        { _id: { $in: ofDraft.map(({ _id }) => _id) } },
      ],
    },
    { $set: { dueAt: now }, $inc: { mark: 1 } },
  );
  return matchedCount;
}

async function find(
  { liveMatches }: LiveCollections,
  id: string,
  session?: ClientSession,
): Promise<LiveMatch | null> {
  const found = await liveMatches.findOne({ _id: id }, session === undefined ? {} : { session });
  return found === null ? null : parseLiveMatch(found);
}

async function write(
  { liveMatches }: LiveCollections,
  match: LiveMatch,
  session: ClientSession,
): Promise<void> {
  const { _id, ...fields } = toLiveMatch(match);
  await liveMatches.replaceOne({ _id }, fields, { session, upsert: true });
}

async function record(
  at: LiveCollections,
  { finding, mark, now }: { finding: LiveFinding; mark: number | null; now: string },
  session: ClientSession,
): Promise<LiveMatch> {
  const match = buildLiveMatch(await find(at, liveMatchId(finding), session), finding, now);
  await write(at, match, session);
  const { postId, draftId } = finding;
  if (postId !== null && draftId !== null)
    await at.liveMatches.deleteOne({ _id: liveMatchId({ ...finding, postId: null }) }, { session });
  if (postId !== null && mark !== null)
    await at.liveItems.updateOne({ _id: postId, mark }, { $set: { dueAt: null } }, { session });
  return match;
}

function inSight({
  channelIds,
  accessClasses,
}: Pick<LiveQuery, 'channelIds' | 'accessClasses'>): Filter<LiveMatchDocument> {
  return {
    accessClass: { $in: [...accessClasses] },
    ...(channelIds === 'all' ? {} : { channelId: { $in: [...channelIds] } }),
  };
}

async function list({ liveMatches }: LiveCollections, query: LiveQuery): Promise<Page<LiveMatch>> {
  const { results, openOnly, cursor, limit } = query;
  const after = cursor === null ? null : parseCursor(cursor, LiveCursor);
  const found = await liveMatches
    .find({
      ...inSight(query),
      ...(results === null ? {} : { result: { $in: [...results] } }),
      ...(openOnly ? { open: true } : {}),
      ...(after === null
        ? {}
        : { $or: [{ changedAt: { $lt: after[0] } }, { changedAt: after[0], _id: { $lt: after[1] } }] }),
    })
    .sort({ changedAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const items = found.slice(0, limit).map(parseLiveMatch);
  const last = items.at(-1);
  const nextCursor =
    found.length > limit && last !== undefined ? encodeCursor([last.changedAt, last.id]) : null;
  return { items, nextCursor };
}

async function explain(
  at: At,
  { command, by, now }: { command: ExplainLive; by: string; now: string },
  session: ClientSession,
): Promise<LiveMatch> {
  const before = await find(at, command.id, session);
  if (before === null) throw new NotFound('没有这条核查结果。');
  const explained = explainLive(before, command, by, now);
  if (explained === null) return before;
  await write(at, explained, session);
  await insertFacts(at, session, [buildLiveAudit(explained, command, by, now)], []);
  return explained;
}
