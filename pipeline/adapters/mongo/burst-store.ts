import type { Collection, Db, Filter } from 'mongodb';
import { z } from 'zod';
import { answerBurst, Burst } from '../../domain/burst.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import type { BurstStore, Origin } from '../../ports/burst-store.ts';
import type { Page } from '../../ports/page.ts';
import { buildBurstAudit, buildBurstOutbox, chooseContent, rankOf } from '../burst-record.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { findRepeatedSubject } from './answer-documents.ts';
import { auditCollections, insertFacts } from './audit-documents.ts';
import { caseCollections } from './case-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { isDuplicateKey } from './mongo-errors.ts';
import { postCollections, wholeBatch } from './post-documents.ts';
import { type CollectionSpec, field } from './schema.ts';

/** The whole record in `record`, JSON; the fields find it. `rank`: open, ended, dismissed. */
interface BurstDocument {
  _id: string;
  version: number;
  channelId: string;
  rank: number;
  from: string;
  last: string;
  record: string;
}

export const burstSpecs: readonly CollectionSpec[] = [
  {
    name: 'bursts',
    fields: {
      ...{ version: field.number, channelId: field.text, rank: field.number },
      ...{ from: field.text, last: field.text, record: field.text },
    },
    indexes: [
      { key: { rank: 1, from: -1, _id: 1 }, since: '2026-11-23', reason: 'the list, open ones first' },
      { key: { last: 1 }, since: '2026-11-23', reason: 'what reaches into a time' },
      {
        key: { channelId: 1, last: 1 },
        since: '2026-11-23',
        reason: 'what is known when a channel is looked at',
      },
    ],
  },
];

function collectionsOf(db: Db) {
  const { posts, texts } = postCollections(db);
  const bursts: Collection<BurstDocument> = db.collection('bursts');
  return { ...auditCollections(db), bursts, posts, texts, cases: caseCollections(db).cases };
}
type Collections = ReturnType<typeof collectionsOf>;

const parse = ({ record }: Pick<BurstDocument, 'record'>): Burst => Burst.parse(JSON.parse(record));
const toFields = (burst: Burst): Omit<BurstDocument, '_id'> => ({
  ...{ version: burst.version, channelId: burst.channelId, rank: rankOf(burst.state) },
  ...{ from: burst.from, last: burst.last, record: JSON.stringify(burst) },
});

export function openMongoBurstStore({ client, db }: MongoConnection): BurstStore {
  const at = collectionsOf(db);
  return {
    record: (change) => record(at, client, change),
    answer: (id, answer, by) => answerOne(at, client, [id, answer, by]),
    find: async (id) => {
      const found = await at.bursts.findOne({ _id: id });
      return found === null ? null : parse(found);
    },
    list: (query) => list(at, query),
    listOver: async ({ fromHour, toHour, channelId }) => {
      const filter: Filter<BurstDocument> = {
        from: { $lte: toHour },
        $or: [{ last: { $gte: fromHour } }, { rank: 0 }],
        ...(channelId === undefined ? {} : { channelId }),
      };
      return (await at.bursts.find(filter, wholeBatch).sort({ from: 1, _id: 1 }).toArray()).map(parse);
    },
    readOrigins: (postIds) => readOrigins(at, postIds),
  };
}

async function record(
  at: Collections,
  client: MongoConnection['client'],
  { burst, expectedVersion, tell, at: now }: Parameters<BurstStore['record']>[0],
): Promise<boolean> {
  if (expectedVersion !== null) {
    const filter = { _id: burst.id, version: expectedVersion };
    return (await at.bursts.updateOne(filter, { $set: toFields(burst) })).matchedCount > 0;
  }
  try {
    await inMongoTransaction(client, async (session) => {
      await at.bursts.insertOne({ _id: burst.id, ...toFields(burst) }, { session });
      await insertFacts(at, session, [], tell ? [buildBurstOutbox(burst, now)] : []);
    });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

function answerOne(
  at: Collections,
  client: MongoConnection['client'],
  [id, answer, { actor, at: now, channelIds }]: Parameters<BurstStore['answer']>,
): Promise<Burst> {
  return inMongoTransaction(client, async (session) => {
    const found = await at.bursts.findOne({ _id: id }, { session });
    if (found === null || (channelIds !== 'all' && !channelIds.includes(found.channelId)))
      throw new NotFound('没有这次异常增长。');
    const burst = parse(found);
    if ((await findRepeatedSubject({ at, session }, answer, actor)) !== null) return burst;
    const next = answerBurst(burst, answer, { actorId: actor.id, at: now });
    const { matchedCount } = await at.bursts.updateOne(
      { _id: id, version: burst.version },
      { $set: toFields(next) },
      { session },
    );
    if (matchedCount === 0) throw new Conflict('这次异常增长已有更新，请刷新后再处理。');
    await insertFacts(at, session, [buildBurstAudit(next, answer, { actor, at: now })], []);
    return next;
  });
}

const ListCursor = z.tuple([z.int(), z.string(), z.string()]);

function afterCursor(cursor: string): Filter<BurstDocument> {
  const [rank, from, id] = parseCursor(cursor, ListCursor);
  return {
    $or: [{ rank: { $gt: rank } }, { rank, from: { $lt: from } }, { rank, from, _id: { $gt: id } }],
  };
}

async function list(
  at: Collections,
  { states, channelIds, cursor, limit }: Parameters<BurstStore['list']>[0],
): Promise<Page<Burst>> {
  const filter: Filter<BurstDocument> = {
    rank: { $in: states.map(rankOf) },
    ...(channelIds === 'all' ? {} : { channelId: { $in: [...channelIds] } }),
    ...(cursor === null ? {} : afterCursor(cursor)),
  };
  const found = await at.bursts
    .find(filter, wholeBatch)
    .sort({ rank: 1, from: -1, _id: 1 })
    .limit(limit + 1)
    .toArray();
  const items = found.slice(0, limit).map(parse);
  const last = items.at(-1);
  const more = found.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([rankOf(last.state), last.from, last.id]) : null };
}

async function readOrigins(at: Collections, postIds: readonly string[]): Promise<Origin[]> {
  const ids = [...postIds];
  const options = { projection: { textVersion: 1 }, ...wholeBatch };
  const posts = await at.posts.find({ _id: { $in: ids } }, options).toArray();
  const texts = await at.texts
    .find(
      { postId: { $in: ids } },
      { projection: { postId: 1, textVersion: 1, contentHash: 1 }, ...wholeBatch },
    )
    .toArray();
  const hashes = new Map(texts.map((text) => [`${text.postId} ${text.textVersion}`, text.contentHash]));
  const cases = await at.cases
    .find({ postIds: { $in: ids } }, { projection: { postIds: 1 }, ...wholeBatch })
    .sort({ _id: 1 })
    .toArray();
  const caseOf = new Map(cases.flatMap(({ _id, postIds: members }) => members.map((id) => [id, _id])));
  return posts.map(({ _id, textVersion }) =>
    chooseContent({
      postId: _id,
      caseId: caseOf.get(_id) ?? null,
      contentHash: hashes.get(`${_id} ${textVersion}`) ?? null,
    }),
  );
}
