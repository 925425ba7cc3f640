import type { ClientSession, Db } from 'mongodb';
import type { ExpiredSnapshot, PurgeResult, RetentionStore } from '../../ports/retention-store.ts';
import { type CaseCollections, caseCollections } from './case-documents.ts';
import type { MongoConnection } from './connection.ts';
import { whileUnmoved } from './optimistic.ts';
import { type PostCollections, postCollections, wholeBatch } from './post-documents.ts';

type RetentionCollections = PostCollections & CaseCollections;

/**
 * What is erased is gone from every collection and index. The server's free pages are the server's: whoever must rely on
 * them encrypts the disk. Cut off anywhere, a purge leaves nothing that the next one doesn't find.
 */
export function openMongoRetentionStore({ client, db }: MongoConnection): RetentionStore {
  const at = openCollections(db);
  return {
    listExpiredSnapshots: (now, limit) => listExpiredSnapshots(at, now, limit),
    purgeExpired: async (now, limit): Promise<PurgeResult> => ({
      texts: await whileUnmoved(client, (session) => purgeTexts(at, session, now, limit)),
      notes: await purgeNotes(at, now, limit),
      auditPayloads: await purgeAuditPayloads(at, now, limit),
      cases: await purgeCases(at, now, limit),
    }),
  };
}

function openCollections(db: Db): RetentionCollections {
  return { ...caseCollections(db), ...postCollections(db) };
}

/** At most `limit` posts, in one order for snapshots and texts, so that no row goes before the blob it names. */
async function findExpiredPosts(
  { texts }: RetentionCollections,
  now: string,
  limit: number,
  session?: ClientSession,
): Promise<string[]> {
  const expired = await texts
    .find(
      { expiresAt: { $lte: now } },
      { projection: { postId: 1 }, ...wholeBatch, ...(session && { session }) },
    )
    .sort({ expiresAt: 1, postId: 1 })
    .limit(limit)
    .toArray();
  return [...new Set(expired.map((text) => text.postId))];
}

async function listExpiredSnapshots(
  at: RetentionCollections,
  now: string,
  limit: number,
): Promise<ExpiredSnapshot[]> {
  const posts = await findExpiredPosts(at, now, limit);
  if (posts.length === 0) return [];
  const shown = { projection: { retentionClass: 1, snapshotHash: 1, expiresAt: 1 }, ...wholeBatch } as const;
  const named = await at.texts.find({ postId: { $in: posts }, snapshotHash: { $ne: null } }, shown).toArray();
  const expired = new Map<string, ExpiredSnapshot>();
  for (const { retentionClass, snapshotHash: hash } of named) {
    if (hash !== null) expired.set(`${retentionClass}/${hash}`, { retentionClass, hash });
  }
  if (expired.size === 0) return [];
  const hashes = [...expired.values()].map(({ hash }) => hash);
  // Dates are compared here: asked for a list and a range at once, a compatible server took seconds instead of milliseconds.
  const pointing = await at.texts.find({ snapshotHash: { $in: hashes } }, shown).toArray();
  for (const { retentionClass, snapshotHash, expiresAt } of pointing) {
    if (expiresAt === null || expiresAt > now) expired.delete(`${retentionClass}/${snapshotHash}`);
  }
  return [...expired.values()];
}

/** All versions of a post expire together, since classes and expiry are written to all of them. */
async function purgeTexts(
  at: RetentionCollections,
  session: ClientSession,
  now: string,
  limit: number,
): Promise<number> {
  const posts = await findExpiredPosts(at, now, limit, session);
  if (posts.length === 0) return 0;
  await at.posts.updateMany(
    { _id: { $in: posts } },
    { $set: { dueAt: null, lastError: null }, $addToSet: { marks: 'text-erased' } },
    { session },
  );
  await at.index.deleteMany({ _id: { $in: posts } }, { session });
  return (await at.texts.deleteMany({ postId: { $in: posts } }, { session })).deletedCount;
}

async function purgeNotes({ notes }: RetentionCollections, now: string, limit: number): Promise<number> {
  const expired = await notes
    .find({ expiresAt: { $lte: now } }, { projection: { _id: 1 }, ...wholeBatch })
    .limit(limit)
    .toArray();
  if (expired.length === 0) return 0;
  return (await notes.deleteMany({ _id: { $in: expired.map((note) => note._id) } })).deletedCount;
}

/** The entry and its digest stay, so that its chain can be verified for good. */
async function purgeAuditPayloads(
  { audit }: RetentionCollections,
  now: string,
  limit: number,
): Promise<number> {
  const expired = await audit
    .find({ 'payload.expiresAt': { $lte: now } }, { projection: { _id: 1 }, ...wholeBatch })
    .limit(limit)
    .toArray();
  if (expired.length === 0) return 0;
  const erased = await audit.updateMany(
    { _id: { $in: expired.map((entry) => entry._id) }, payload: { $ne: null } },
    { $set: { payload: null } },
  );
  return erased.modifiedCount;
}

/** The case goes last: until then, a purge that was cut off finds it again with what is left of it. */
async function purgeCases(at: RetentionCollections, now: string, limit: number): Promise<number> {
  const expired = await at.cases
    .find({ expiresAt: { $lte: now } }, { projection: { _id: 1 }, ...wholeBatch })
    .limit(limit)
    .toArray();
  if (expired.length === 0) return 0;
  const ids = expired.map((one) => one._id);
  await at.notes.deleteMany({ caseId: { $in: ids } });
  await at.events.deleteMany({ caseId: { $in: ids } });
  return (await at.cases.deleteMany({ _id: { $in: ids } })).deletedCount;
}
