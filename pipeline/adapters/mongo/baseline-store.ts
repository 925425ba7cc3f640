import type { ClientSession, Db, Filter } from 'mongodb';
import { z } from 'zod';
import { type BaselineSet, ChannelBaseline, type PostFact } from '../../domain/baseline.ts';
import { Conflict } from '../../domain/errors.ts';
import type { BaselineStore } from '../../ports/baseline-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import type { BaselineDocument, BaselineSetDocument } from './baseline-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { isDuplicateKey } from './mongo-errors.ts';
import { type PostDocument, postCollections, wholeBatch } from './post-documents.ts';

const setId = 'set';

function baselineCollections(db: Db) {
  return {
    posts: postCollections(db).posts,
    sets: db.collection<BaselineSetDocument>('baseline_set'),
    baselines: db.collection<BaselineDocument>('baselines'),
  };
}
type Collections = ReturnType<typeof baselineCollections>;

export function openMongoBaselineStore({ client, db }: MongoConnection): BaselineStore {
  const at = baselineCollections(db);
  return {
    listFacts: (query) => listFacts(at, query),
    read: () =>
      inMongoTransaction(client, async (session) => ({
        ...(await readVersion(at, session)),
        channels: await readChannels(at, session),
      })),
    readVersion: () => readVersion(at),
    save: (channels, change) =>
      inMongoTransaction(client, (session) => save({ at, session }, channels, change)).catch((error) => {
        if (isDuplicateKey(error)) throw new Conflict('the baselines were measured anew meanwhile');
        throw error;
      }),
  };
}

const factFields = {
  channelId: 1,
  kind: 1,
  bucketHour: 1,
  publishedAt: 1,
  metricsAt: 1,
  gatheredAt: 1,
  metrics: 1,
} as const;
const FactCursor = z.tuple([z.string(), z.string()]);

function beforeCursor(cursor: string): Filter<PostDocument> {
  const [hour, id] = parseCursor(cursor, FactCursor);
  return { $or: [{ bucketHour: { $lt: hour } }, { bucketHour: hour, _id: { $lt: id } }] };
}

async function listFacts(
  at: Collections,
  { fromHour, cursor, limit }: { fromHour: string; cursor: string | null; limit: number },
) {
  const since: Filter<PostDocument> = { bucketHour: { $gte: fromHour } };
  const posts = await at.posts
    .find(cursor === null ? since : { $and: [since, beforeCursor(cursor)] }, {
      projection: factFields,
      ...wholeBatch,
    })
    .sort({ bucketHour: -1, _id: -1 })
    .limit(limit)
    .toArray();
  const last = posts.at(-1);
  const nextCursor =
    last === undefined || posts.length < limit ? null : encodeCursor([last.bucketHour, last._id]);
  const items = posts.map(
    ({ channelId, kind, bucketHour, publishedAt, metricsAt, gatheredAt, metrics }): PostFact => ({
      ...{ channelId, kind, bucketHour, publishedAt, metrics },
      metricsAt: metricsAt ?? gatheredAt,
    }),
  );
  return { items, nextCursor };
}

async function readVersion(
  at: Collections,
  session?: ClientSession,
): Promise<Pick<BaselineSet, 'version' | 'builtAt'>> {
  const found = await at.sets.findOne({ _id: setId }, session === undefined ? {} : { session });
  return found === null ? { version: 0, builtAt: null } : { version: found.version, builtAt: found.builtAt };
}

async function readChannels(at: Collections, session: ClientSession): Promise<ChannelBaseline[]> {
  const found = await at.baselines
    .find({}, { session, ...wholeBatch })
    .sort({ _id: 1 })
    .toArray();
  return found.map(({ baseline }) => ChannelBaseline.parse(baseline));
}

/** The set comes first: of two that measure at once, one is told that it came late. */
async function save(
  { at, session }: { at: Collections; session: ClientSession },
  channels: readonly ChannelBaseline[],
  { expectedVersion, at: builtAt }: { expectedVersion: number; at: string },
): Promise<number> {
  const version = expectedVersion + 1;
  if (expectedVersion === 0) await at.sets.insertOne({ _id: setId, version, builtAt }, { session });
  else {
    const { matchedCount } = await at.sets.updateOne(
      { _id: setId, version: expectedVersion },
      { $set: { version, builtAt } },
      { session },
    );
    if (matchedCount === 0) throw new Conflict('the baselines were measured anew meanwhile');
  }
  await at.baselines.deleteMany({}, { session });
  const documents = channels.map((baseline) => ({
    _id: `${baseline.channelId} ${baseline.kind}`,
    baseline,
  }));
  if (documents.length > 0) await at.baselines.insertMany(documents, { session });
  return version;
}
