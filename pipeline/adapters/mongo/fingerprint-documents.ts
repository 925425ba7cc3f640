import type { AnyBulkWriteOperation, ClientSession, Collection, Db } from 'mongodb';
import { type Fingerprint, mayFold } from '../../domain/near-copy.ts';
import { postsOfKey } from '../near-copies.ts';
import { keyIds } from './fingerprint-keys.ts';
import type { JudgedPost } from './judgement-plan.ts';
import { wholeBatch } from './post-documents.ts';
import { type CollectionSpec, field } from './schema.ts';

/** `_id` is the post's. */
interface FingerprintDocument {
  _id: string;
  keys: string[];
}
/** `_id` is the key: two who open a case on near copies at once meet here, and the second looks again. */
interface FingerprintKeyDocument {
  _id: string;
  /** On whose text a case was opened, oldest first; of many the newest. */
  posts: string[];
}
export interface FingerprintCollections {
  fingerprints: Collection<FingerprintDocument>;
  fingerprintKeys: Collection<FingerprintKeyDocument>;
}

export function fingerprintCollections(db: Db): FingerprintCollections {
  return { fingerprints: db.collection('fingerprints'), fingerprintKeys: db.collection('fingerprint_keys') };
}

/** Class and expiry of a fingerprint are those of the index entry of the same post; it goes when that goes. */
export const fingerprintSpecs: readonly CollectionSpec[] = [
  { name: 'fingerprints', fields: { keys: field.texts }, indexes: [] },
  { name: 'fingerprint_keys', fields: { posts: field.texts }, indexes: [] },
];

/** Posts by key, newest first; a lookup by id, however many fingerprints there are. */
export async function findPostsOfKeys(
  { fingerprintKeys }: FingerprintCollections,
  session: ClientSession,
  fingerprints: readonly Fingerprint[],
): Promise<Map<string, string[]>> {
  const ids = [...new Set(fingerprints.flatMap(keyIds))];
  if (ids.length === 0) return new Map();
  const found = await fingerprintKeys.find({ _id: { $in: ids } }, { session, ...wholeBatch }).toArray();
  return new Map(found.map(({ _id, posts }) => [_id, posts.reverse()]));
}

/**
 * What is left of earlier texts gives way. Only the text that a case was opened on is found by its keys; a copy keeps its own for
 * the day when it is parted from the case.
 */
export async function writeFingerprints(
  at: FingerprintCollections,
  session: ClientSession,
  judged: readonly JudgedPost[],
): Promise<void> {
  // Also those without a case: a page outlives the record of its case.
  const again = judged.filter(({ post }) => post.judgedVersion !== null);
  await deleteFingerprints(
    at,
    session,
    again.map(({ post }) => post._id),
  );
  const kept = judged.flatMap(({ post, judgement: { fingerprint, verdict }, home }) =>
    home === null || fingerprint === null || fingerprint === undefined || !mayFold(verdict)
      ? []
      : { _id: post._id, keys: keyIds(fingerprint), leads: home.postIds[0] === post._id },
  );
  if (kept.length === 0) return;
  await at.fingerprints.insertMany(
    kept.map(({ _id, keys }) => ({ _id, keys })),
    { session },
  );
  await insertKeys(
    at,
    session,
    kept.filter(({ leads }) => leads),
  );
}

async function insertKeys(
  { fingerprintKeys }: FingerprintCollections,
  session: ClientSession,
  fingerprints: readonly FingerprintDocument[],
): Promise<void> {
  const postsOf = new Map<string, string[]>();
  for (const { _id, keys } of fingerprints) {
    for (const key of keys) postsOf.set(key, [...(postsOf.get(key) ?? []), _id]);
  }
  if (postsOf.size === 0) return;
  // In one order, so that of two who meet none waits for the other in a circle.
  const keys = [...postsOf.keys()].sort();
  await fingerprintKeys.bulkWrite(
    keys.map((key): AnyBulkWriteOperation<FingerprintKeyDocument> => {
      const update = { $push: { posts: { $each: postsOf.get(key) ?? [], $slice: -postsOfKey } } };
      return { updateOne: { filter: { _id: key }, update, upsert: true } };
    }),
    { session },
  );
}

/** A copy that was parted from its case is from now on what its own case was opened on. */
export async function leadWithFingerprint(
  at: FingerprintCollections,
  session: ClientSession,
  postId: string,
): Promise<void> {
  const found = await at.fingerprints.findOne({ _id: postId }, { session });
  if (found !== null) await insertKeys(at, session, [found]);
}

/** Before the texts go, or when they go to those on duty. A key that nobody has any more goes too. */
export async function deleteFingerprints(
  at: FingerprintCollections,
  session: ClientSession,
  postIds: readonly string[],
): Promise<void> {
  if (postIds.length === 0) return;
  const ids = [...postIds];
  const found = await at.fingerprints.find({ _id: { $in: ids } }, { session, ...wholeBatch }).toArray();
  if (found.length === 0) return;
  const keys = [...new Set(found.flatMap((one) => one.keys))].sort();
  await at.fingerprintKeys.updateMany(
    { _id: { $in: keys } },
    { $pull: { posts: { $in: ids } } },
    { session },
  );
  await at.fingerprintKeys.deleteMany({ _id: { $in: keys }, posts: { $size: 0 } }, { session });
  await at.fingerprints.deleteMany({ _id: { $in: ids } }, { session });
}
