import type { ClientSession, Filter } from 'mongodb';
import { z } from 'zod';
import type { ServiceTopic } from '../../domain/category.ts';
import { Conflict } from '../../domain/errors.ts';
import type { PhraseBackground } from '../../domain/key-phrase.ts';
import { shanghaiDay } from '../../domain/time.ts';
import { isEmptyChange, Topic, TopicBar, TopicEvent, TopicMember } from '../../domain/topic.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import type { TopicStore, TopicTextScan, TopicTexts, TopicWrite } from '../../ports/topic-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { isDuplicateKey } from './mongo-errors.ts';
import { type PostDocument, wholeBatch } from './post-documents.ts';
import {
  joinTopicTexts,
  type TopicCollections,
  type TopicMemberDocument,
  type TopicPost,
  topicCollections,
  topicPostFields,
  topicPosts,
} from './topic-documents.ts';

interface Scope {
  at: TopicCollections;
  session: ClientSession;
}

export function openMongoTopicTexts({ db }: MongoConnection): TopicTexts {
  const at = topicCollections(db);
  return { scanTexts: (scan, page) => scanTexts(at, scan, page) };
}

export function openMongoTopicStore(connection: MongoConnection): TopicStore {
  const { client, db } = connection;
  const at = topicCollections(db);
  const orConflict = (error: unknown): never => {
    if (isDuplicateKey(error)) throw new Conflict('topics have changed meanwhile');
    throw error;
  };
  return {
    ...openMongoTopicTexts(connection),
    readBoard: () => readBoard(at),
    write: (change) =>
      inMongoTransaction(client, (session) => write({ at, session }, change)).catch(orConflict),
    listDue: async (limit) => {
      const due = await at.due.find({}, wholeBatch).sort({ hour: 1, _id: 1 }).limit(limit).toArray();
      return due.map(({ _id }) => _id);
    },
    findTexts: async (postIds, now) => {
      const posts = await at.posts
        .find({ $and: [{ _id: { $in: [...postIds] } }, topicPosts] }, topicPostFields)
        .toArray();
      return joinTopicTexts(at, posts, now);
    },
    listTopics: async ({ lastItemFrom }) => {
      const found = at.topics.find({ lastItemAt: { $gte: lastItemFrom } }, wholeBatch);
      return (await found.sort({ lastItemAt: -1, _id: -1 }).toArray()).map(({ topic }) => Topic.parse(topic));
    },
    findTopic: async (topicId) => {
      const found = await at.topics.findOne({ _id: topicId });
      return found === null ? null : Topic.parse(found.topic);
    },
    listMembers: (topicId, page) => listMembers(at, topicId, page),
    findMembers: async (query) => {
      const filter: Filter<TopicMemberDocument> =
        'postIds' in query
          ? { _id: { $in: [...query.postIds] } }
          : { topicId: { $in: [...query.topicIds] }, at: { $gte: query.from } };
      return (await at.members.find(filter, wholeBatch).sort({ _id: 1 }).toArray()).map(toMember);
    },
    countMembers: (query) => countMembers(at, query),
    listBars: async (topicIds) => {
      const found = at.bars
        .find({ topicId: { $in: [...topicIds] } }, wholeBatch)
        .sort({ topicId: 1, postId: 1 });
      return (await found.toArray()).map(({ topicId, postId }) => TopicBar.parse({ topicId, postId }));
    },
    listEvents: async (topicId) => {
      const found = await at.events.find({ topicId }, wholeBatch).sort({ at: 1, _id: 1 }).toArray();
      return found.map(({ event }) => TopicEvent.parse(event));
    },
    purge: (before, limit) => inMongoTransaction(client, (session) => purge({ at, session }, before, limit)),
    readPhraseVersion: () => readPhraseSet(at),
    readPhrases: () => inMongoTransaction(client, (session) => readPhrases({ at, session })),
    savePhrases: (counted, change) =>
      inMongoTransaction(client, (session) => savePhrases({ at, session }, counted, change)).catch(
        orConflict,
      ),
  };
}

const boardId = 'board';

async function readBoard(at: TopicCollections) {
  const found = await at.board.findOne({ _id: boardId });
  return { version: found?.version ?? 0, tidiedOn: found?.tidiedOn ?? '' };
}

/** The board comes first: of two that write at once, one is told that it came late. */
async function write(
  { at, session }: Scope,
  { change, expectedVersion, seen = [], tidiedOn }: TopicWrite,
): Promise<number> {
  const version = expectedVersion + (isEmptyChange(change) ? 0 : 1);
  const { matchedCount } = await at.board.updateOne(
    { _id: boardId, version: expectedVersion },
    { $set: { version, ...(tidiedOn === undefined ? {} : { tidiedOn }) } },
    { session },
  );
  if (matchedCount === 0) {
    if (expectedVersion !== 0) throw new Conflict('topics have changed meanwhile');
    await at.board.insertOne({ _id: boardId, version, tidiedOn: tidiedOn ?? '' }, { session });
  }
  const many = { session, ordered: false } as const;
  if (change.topics.length > 0)
    await at.topics.bulkWrite(
      change.topics.map((topic) => ({
        replaceOne: {
          filter: { _id: topic.id },
          replacement: { lastItemAt: topic.lastItemAt, topic },
          upsert: true,
        },
      })),
      many,
    );
  if (change.removed.length > 0) await at.members.deleteMany({ _id: { $in: change.removed } }, { session });
  if (change.members.length > 0)
    await at.members.bulkWrite(
      change.members.map(({ postId, ...member }) => ({
        replaceOne: { filter: { _id: postId }, replacement: member, upsert: true },
      })),
      many,
    );
  if (change.lifted.length > 0)
    await at.bars.deleteMany(
      { _id: { $in: change.lifted.map(({ topicId, postId }) => `${topicId} ${postId}`) } },
      { session },
    );
  if (change.bars.length > 0)
    await at.bars.bulkWrite(
      change.bars.map((bar) => ({
        replaceOne: { filter: { _id: `${bar.topicId} ${bar.postId}` }, replacement: bar, upsert: true },
      })),
      many,
    );
  if (change.events.length > 0)
    await at.events.insertMany(
      change.events.map((event) => ({ _id: event.id, topicId: event.topicId, at: event.at, event })),
      { session },
    );
  if (seen.length > 0) await at.due.deleteMany({ _id: { $in: [...seen] } }, { session });
  return version;
}

const toMember = ({ _id, ...member }: TopicMemberDocument): TopicMember =>
  TopicMember.parse({ postId: _id, ...member });

/** Of these posts, those that are `open` now. */
async function findOpen(at: TopicCollections, postIds: readonly string[]): Promise<Set<string>> {
  const found = await at.posts
    .find({ _id: { $in: [...postIds] }, accessClass: 'open' }, { projection: { _id: 1 }, ...wholeBatch })
    .toArray();
  return new Set(found.map(({ _id }) => _id));
}

const MemberCursor = z.tuple([z.string(), z.string()]);

/** A page may be shorter than asked where others than `open` posts stand in it. */
async function listMembers(
  at: TopicCollections,
  topicId: string,
  { cursor, limit }: PageRequest,
): Promise<Page<TopicMember>> {
  const filter: Filter<TopicMemberDocument> = { topicId };
  if (cursor !== null) {
    const [time, id] = parseCursor(cursor, MemberCursor);
    filter.$or = [{ at: { $lt: time } }, { at: time, _id: { $lt: id } }];
  }
  const rows = await at.members.find(filter, wholeBatch).sort({ at: -1, _id: -1 }).limit(limit).toArray();
  const seen = await findOpen(
    at,
    rows.map(({ _id }) => _id),
  );
  const last = rows.at(-1);
  const nextCursor = last === undefined || rows.length < limit ? null : encodeCursor([last.at, last._id]);
  return { items: rows.filter(({ _id }) => seen.has(_id)).map(toMember), nextCursor };
}

async function countMembers(
  at: TopicCollections,
  { topicIds, from }: { topicIds: readonly string[]; from: string },
): ReturnType<TopicStore['countMembers']> {
  const rows = await at.members
    .find({ topicId: { $in: [...topicIds] }, at: { $gte: from }, speaker: 'public' }, wholeBatch)
    .toArray();
  const seen = await findOpen(
    at,
    rows.map(({ _id }) => _id),
  );
  const counts = new Map<string, { key: [string, string, string]; items: number; units: Set<string> }>();
  for (const row of rows) {
    if (!seen.has(row._id)) continue;
    const key: [string, string, string] = [row.topicId, shanghaiDay(row.at), row.channelId];
    const name = key.join('\n');
    const count = counts.get(name) ?? { key, items: 0, units: new Set<string>() };
    count.items += 1;
    count.units.add(row.unitId);
    counts.set(name, count);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([
        ,
        {
          key: [topicId, day, channelId],
          items,
          units,
        },
      ]) => ({
        ...{ topicId, day, channelId, items, units: units.size },
      }),
    );
}

async function purge({ at, session }: Scope, before: string, limit: number): Promise<number> {
  const old = await at.topics
    .find({ lastItemAt: { $lt: before } }, { projection: { _id: 1 }, session, ...wholeBatch })
    .sort({ lastItemAt: 1 })
    .limit(limit)
    .toArray();
  const ids = old.map(({ _id }) => _id);
  if (ids.length === 0) return 0;
  const ofTopics = { topicId: { $in: ids } };
  await at.members.deleteMany(ofTopics, { session });
  await at.bars.deleteMany(ofTopics, { session });
  await at.events.deleteMany(ofTopics, { session });
  await at.topics.deleteMany({ _id: { $in: ids } }, { session });
  return ids.length;
}

const ScanCursor = z.tuple([z.string(), z.string()]);

async function scanTexts(
  at: TopicCollections,
  { fromHour, toHour, channelIds, kinds, serviceTopic, now }: TopicTextScan,
  { cursor, limit }: { cursor: string | null; limit: number },
) {
  const parts: Filter<PostDocument>[] = [topicPosts, { bucketHour: { $gte: fromHour } }];
  if (toHour !== undefined) parts.push({ bucketHour: { $lt: toHour } });
  if (channelIds !== undefined) parts.push({ channelId: { $in: [...channelIds] } });
  if (kinds !== undefined) parts.push({ kind: { $in: [...kinds] as PostDocument['kind'][] } });
  if (cursor !== null) {
    const [hour, id] = parseCursor(cursor, ScanCursor);
    parts.push({ $or: [{ bucketHour: { $lt: hour } }, { bucketHour: hour, _id: { $lt: id } }] });
  }
  const posts = await at.posts
    .find({ $and: parts }, topicPostFields)
    .sort({ bucketHour: -1, _id: -1 })
    .limit(limit)
    .toArray();
  const last = posts.at(-1);
  const nextCursor =
    last === undefined || posts.length < limit ? null : encodeCursor([last.bucketHour, last._id]);
  const asked = serviceTopic === undefined ? posts : await ofService(at, posts, serviceTopic);
  return { items: await joinTopicTexts(at, asked, now), nextCursor };
}

async function ofService(
  at: TopicCollections,
  posts: readonly TopicPost[],
  topic: ServiceTopic,
): Promise<TopicPost[]> {
  const ids = posts.map(({ _id }) => _id);
  const facts = at.facts.find(
    { _id: { $in: ids }, 'service.topic': topic },
    { projection: { _id: 1 }, ...wholeBatch },
  );
  const found = new Set((await facts.toArray()).map(({ _id }) => _id));
  return posts.filter(({ _id }) => found.has(_id));
}

const setId = 'set';
const phrasesInDocument = 4000;

async function readPhraseSet(at: TopicCollections, session?: ClientSession) {
  const found = await at.phraseSets.findOne({ _id: setId }, session === undefined ? {} : { session });
  return { version: found?.version ?? 0, builtAt: found?.builtAt ?? null, items: found?.items ?? 0 };
}

async function readPhrases({ at, session }: Scope): Promise<PhraseBackground> {
  const set = await readPhraseSet(at, session);
  const parts = await at.phrases.find({ version: set.version }, { session, ...wholeBatch }).toArray();
  return { ...set, phrases: new Map(parts.flatMap(({ phrases }) => phrases)) };
}

async function savePhrases(
  { at, session }: Scope,
  { items, phrases }: { items: number; phrases: ReadonlyMap<string, number> },
  { expectedVersion, at: builtAt }: { expectedVersion: number; at: string },
): Promise<number> {
  const version = expectedVersion + 1;
  if (expectedVersion === 0)
    await at.phraseSets.insertOne({ _id: setId, version, builtAt, items }, { session });
  else {
    const set = { $set: { version, builtAt, items } };
    const { matchedCount } = await at.phraseSets.updateOne({ _id: setId, version: expectedVersion }, set, {
      session,
    });
    if (matchedCount === 0) throw new Conflict('the phrases were counted anew meanwhile');
  }
  await at.phrases.deleteMany({}, { session });
  const all = [...phrases];
  for (let start = 0; start < all.length; start += phrasesInDocument) {
    const part = all.slice(start, start + phrasesInDocument);
    await at.phrases.insertOne({ _id: `${version}-${start}`, version, phrases: part }, { session });
  }
  return version;
}
