import type { ClientSession, Db } from 'mongodb';
import type { PostKind } from '../../domain/post.ts';
import { RetentionClass } from '../../domain/retention-class.ts';
import type {
  ExpiredPost,
  ExpiredTexts,
  KeptCount,
  PurgeResult,
  RetentionStore,
} from '../../ports/retention-store.ts';
import { type NamingText, summarizeExpired } from '../expired-texts.ts';
import { addKept } from '../kept-counts.ts';
import { type CaseCollections, caseCollections, parseCaseDocument } from './case-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { draftParts } from './draft-documents.ts';
import { endTexts } from './end-texts.ts';
import { changedWithCase, noteChanges } from './fact-changes.ts';
import { deleteFingerprints } from './fingerprint-documents.ts';
import { deleteHandoversOf } from './handover-documents.ts';
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
    listExpired: (now, limit) => listExpired(at, now, limit),
    purgeExpired: async (now, posts, limit): Promise<PurgeResult> => ({
      texts: await whileUnmoved(client, (session) => purgeTexts(at, session, posts, now)),
      notes: await purgeNotes(at, now, limit),
      records: await purgeRecords(db, now, limit),
      auditPayloads: await inMongoTransaction(client, (session) =>
        purgeAuditPayloads(at, session, now, limit),
      ),
      cases: await inMongoTransaction(client, (session) => purgeCases(at, session, now, limit)),
    }),
    countKept: (now, until) => countKept(db, now, until),
    endTexts: (postIds, now) => endTexts({ client, db }, postIds, now),
  };
}

function openCollections(db: Db): RetentionCollections {
  return { ...caseCollections(db), ...postCollections(db) };
}

/** Every version of the first `limit` texts' posts, in the order of their expiry. */
async function listExpired(at: RetentionCollections, now: string, limit: number): Promise<ExpiredTexts> {
  const first = await at.texts
    .find({ expiresAt: { $lte: now } }, { projection: { postId: 1 }, ...wholeBatch })
    .sort({ expiresAt: 1, postId: 1 })
    .limit(limit)
    .toArray();
  if (first.length === 0) return { posts: [], snapshots: [] };
  const postIds = [...new Set(first.map((text) => text.postId))];
  const expired = await at.texts.find({ postId: { $in: postIds } }, namingFields).toArray();
  const hashes = expired.flatMap(({ snapshotHash }) => snapshotHash ?? []);
  // Dates are compared here: asked for a list and a range at once, a compatible server took seconds instead of milliseconds.
  const living = (await at.texts.find({ snapshotHash: { $in: hashes } }, namingFields).toArray()).filter(
    (text) => !isExpired(text, now),
  );
  const kindOf = await findKinds(at, [...postIds, ...living.map((text) => text.postId)]);
  const withKind = (text: ShownText): NamingText => ({ ...text, kind: kindOf.get(text.postId) ?? null });
  return summarizeExpired(expired.map(withKind), living.map(withKind));
}

type ShownText = Omit<NamingText, 'kind'> & { expiresAt: string | null };
const namingFields = {
  projection: { postId: 1, textVersion: 1, retentionClass: 1, snapshotHash: 1, expiresAt: 1 },
  ...wholeBatch,
} as const;

function isExpired({ expiresAt }: ShownText, now: string): boolean {
  return expiresAt !== null && expiresAt <= now;
}

async function findKinds({ posts }: RetentionCollections, ids: string[]): Promise<Map<string, PostKind>> {
  const found = posts.find({ _id: { $in: ids } }, { projection: { kind: 1 }, ...wholeBatch });
  return new Map((await found.toArray()).map(({ _id, kind }) => [_id, kind]));
}

/** All versions of a post expire together, since classes and expiry are written to all of them. */
async function purgeTexts(
  at: RetentionCollections,
  session: ClientSession,
  expired: readonly ExpiredPost[],
  now: string,
): Promise<number> {
  const listed = new Map(expired.map((post) => [post.postId, post.textVersion]));
  if (listed.size === 0) return 0;
  const texts = await at.texts
    .find({ postId: { $in: [...listed.keys()] } }, { ...namingFields, session })
    .toArray();
  const wasListed = (text: ShownText) => text.textVersion <= (listed.get(text.postId) ?? 0);
  const kept = new Set(
    texts.filter((text) => !wasListed(text) || !isExpired(text, now)).map(({ postId }) => postId),
  );
  const erased = texts.filter(({ postId }) => !kept.has(postId));
  if (erased.length === 0) return 0;
  const posts = [...new Set(erased.map(({ postId }) => postId))];
  await at.posts.updateMany(
    { _id: { $in: posts } },
    { $set: { dueAt: null, lastError: null }, $addToSet: { marks: 'text-erased' } },
    { session },
  );
  await at.index.deleteMany({ _id: { $in: posts } }, { session });
  await deleteFingerprints(at, session, posts);
  return (await at.texts.deleteMany({ _id: { $in: erased.map(({ _id }) => _id) } }, { session }))
    .deletedCount;
}

async function purgeNotes({ notes }: RetentionCollections, now: string, limit: number): Promise<number> {
  const expired = await notes
    .find({ expiresAt: { $lte: now } }, { projection: { _id: 1 }, ...wholeBatch })
    .limit(limit)
    .toArray();
  if (expired.length === 0) return 0;
  return (await notes.deleteMany({ _id: { $in: expired.map((note) => note._id) } })).deletedCount;
}

/** Documents with a text of their own and `expiresAt`, and what hangs on them, which goes first. */
const recordCollections: readonly { name: string; parts: readonly { name: string; key: string }[] }[] = [
  { name: 'instructions', parts: [{ name: 'instruction_events', key: 'instructionId' }] },
  { name: 'card_texts', parts: [] },
  { name: 'docket_texts', parts: [] },
  { name: 'docket_entries', parts: [{ name: 'docket_texts', key: 'entryId' }] },
  { name: 'handover_texts', parts: [] },
  { name: 'replies', parts: [] },
  { name: 'help_releases', parts: [] },
  { name: 'briefs', parts: ['brief_events', 'brief_evidence'].map((name) => ({ name, key: 'briefId' })) },
  { name: 'drafts', parts: draftParts.map((name) => ({ name, key: 'draftId' })) },
];

async function purgeRecords(db: Db, now: string, limit: number): Promise<number> {
  const purge = async ({ name, parts }: (typeof recordCollections)[number]) => {
    const collection = db.collection<{ _id: string; expiresAt: string | null }>(name);
    const found = collection.find({ expiresAt: { $lte: now } }, { projection: { _id: 1 }, ...wholeBatch });
    const ids = (await found.limit(limit).toArray()).map(({ _id }) => _id);
    if (ids.length === 0) return 0;
    for (const part of parts) await db.collection(part.name).deleteMany({ [part.key]: { $in: ids } });
    return (await collection.deleteMany({ _id: { $in: ids } })).deletedCount;
  };
  const purged = await Promise.all(recordCollections.map(purge));
  return purged.reduce((sum, count) => sum + count, 0);
}

/**
 * The entry and its digest stay, so that its chain can be verified for good. In a transaction, since many are changed at once
 * while the chainer marks them as linked: outside of one, a compatible server writes what it has read over what others wrote.
 */
async function purgeAuditPayloads(
  { audit }: RetentionCollections,
  session: ClientSession,
  now: string,
  limit: number,
): Promise<number> {
  const expired = await audit
    .find({ 'payload.expiresAt': { $lte: now } }, { session, projection: { _id: 1 }, ...wholeBatch })
    .limit(limit)
    .toArray();
  if (expired.length === 0) return 0;
  const erased = await audit.updateMany(
    { _id: { $in: expired.map((entry) => entry._id) }, payload: { $ne: null } },
    { $set: { payload: null } },
    { session },
  );
  return erased.modifiedCount;
}

/** In one transaction, so that the figures lose what the store loses. */
async function purgeCases(
  at: RetentionCollections,
  session: ClientSession,
  now: string,
  limit: number,
): Promise<number> {
  const expired = await at.cases
    .find({ expiresAt: { $lte: now } }, { session, ...wholeBatch })
    .limit(limit)
    .toArray();
  if (expired.length === 0) return 0;
  const ids = expired.map((one) => one._id);
  await deleteHandoversOf(at, session, ids);
  await at.notes.deleteMany({ caseId: { $in: ids } }, { session });
  await at.events.deleteMany({ caseId: { $in: ids } }, { session });
  const changed = expired.map((one) => changedWithCase(parseCaseDocument(one), null));
  await noteChanges(at, session, {
    cases: ids,
    items: changed.flatMap(({ items }) => items),
  });
  return (await at.cases.deleteMany({ _id: { $in: ids } }, { session })).deletedCount;
}

const keptParts: readonly { name: string; part: KeptCount['part']; ends: string }[] = [
  { name: 'case_notes', part: 'note', ends: '$expiresAt' },
  ...recordCollections.map(({ name }) => ({
    name,
    part: name === 'drafts' ? ('publication' as const) : ('written' as const),
    ends: '$expiresAt',
  })),
  { name: 'cases', part: 'case', ends: '$expiresAt' },
  { name: 'audit_entries', part: 'audit-note', ends: '$payload.expiresAt' },
];

async function countKept(db: Db, now: string, until: string): Promise<KeptCount[]> {
  const count = (name: string, ends: string, by: string | null) => {
    const within = (...conditions: object[]) => ({
      $sum: { $cond: [{ $and: [{ $gt: [ends, ''] }, ...conditions] }, 1, 0] },
    });
    const counts = {
      kept: { $sum: 1 },
      overdue: within({ $lte: [ends, now] }),
      due: within({ $gt: [ends, now] }, { $lte: [ends, until] }),
      nextAt: { $min: ends },
    };
    const erased = ends.includes('payload') ? [{ $match: { payload: { $ne: null } } }] : [];
    return db
      .collection(name)
      .aggregate<Omit<KeptCount, 'part'> & { _id: string | null }>([
        ...erased,
        { $group: { _id: by, ...counts } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
  };
  const texts = (await count('post_texts', '$expiresAt', '$retentionClass')).map(({ _id, ...counts }) => ({
    ...counts,
    part: RetentionClass.parse(_id),
  }));
  const rest = keptParts.map(async ({ name, part, ends }) =>
    (await count(name, ends, null)).map(({ _id, ...counts }) => ({ ...counts, part })),
  );
  return addKept([...texts, ...(await Promise.all(rest)).flat()]);
}
