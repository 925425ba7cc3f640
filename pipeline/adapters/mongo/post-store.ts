import { type Post, PostText } from '../../domain/post.ts';
import { expiresAt } from '../../domain/retention-class.ts';
import { Verdict } from '../../domain/verdict.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueText, Failure, PostStore } from '../../ports/post-store.ts';
import { caseCollections } from './case-documents.ts';
import type { MongoConnection } from './connection.ts';
import { mergeFreshEntries } from './fresh-entries.ts';
import { whileUnmoved } from './optimistic.ts';
import {
  type PostCollections,
  parsePostDocument,
  postCollections,
  textId,
  wholeBatch,
} from './post-documents.ts';
import type { RuleHitDocument } from './rule-hits.ts';
import { searchDocuments } from './search.ts';
import { storeJudgementDocuments } from './store-judgements.ts';
import { storePostDocuments } from './store-posts.ts';

export function openMongoPostStore({ client, db }: MongoConnection, clock: Clock): PostStore {
  const at = postCollections(db);
  const ruleHits = db.collection<RuleHitDocument>('rule_hits');
  const judgementCollections = { ...caseCollections(db), ...at, ruleHits };
  return {
    storePosts: (items, now) => storePostDocuments(client, judgementCollections, items, now),
    findPost: (postId) => findPost(at, postId),
    findText: async (postId, sight) => {
      const text = await findText(at, postId, sight.textVersion);
      if (text === null || !sight.accessClasses.includes(text.accessClass)) return null;
      return text.expiresAt !== null && text.expiresAt <= clock.now() ? null : text;
    },
    findVerdict: async (postId, textVersion) => {
      const found = await at.verdicts.findOne({ _id: textId(postId, textVersion) });
      return found === null ? null : Verdict.parse(found.verdict);
    },
    listDue: (now, limit) => listDue(at, now, limit),
    loadDue: (ids, now) => loadDue(at, ids, now),
    storeJudgements: (judgements, now) =>
      storeJudgementDocuments(client, judgementCollections, judgements, now),
    markFailed: (failure) => markFailed(at, failure),
    markDeleted: (postId, now) => markDeleted(client, at, postId, now),
    search: (query) => searchDocuments(at, query),
    mergeIndex: (limit, leave = 0) => mergeFreshEntries(client, at, limit, leave),
    countStates: () => countStates(at),
  };
}

async function findPost(at: PostCollections, postId: string): Promise<Post | null> {
  const found = await at.posts.findOne({ _id: postId });
  return found === null ? null : parsePostDocument(found);
}

/** Whatever its class and age: callers filter. The newest version unless one is named. */
async function findText(at: PostCollections, postId: string, textVersion?: number): Promise<PostText | null> {
  const found =
    textVersion === undefined
      ? await at.texts.findOne({ postId }, { sort: { textVersion: -1 } })
      : await at.texts.findOne({ _id: textId(postId, textVersion) });
  return found === null ? null : PostText.parse(found);
}

async function listDue(at: PostCollections, now: string, limit: number): Promise<string[]> {
  const due = await at.posts
    .find({ dueAt: { $lte: now } }, { projection: { _id: 1 }, ...wholeBatch })
    .sort({ dueAt: 1, _id: 1 })
    .limit(limit)
    .toArray();
  return due.map((post) => post._id);
}

const dueFields = {
  channelId: 1,
  kind: 1,
  metrics: 1,
  metricsAt: 1,
  gatheredAt: 1,
  publishedAt: 1,
  bucketHour: 1,
  textVersion: 1,
  official: 1,
} as const;

/** A text that is gone or of another version by the second read is left out: its post is due again, or never more. */
async function loadDue(at: PostCollections, ids: readonly string[], now: string): Promise<DueText[]> {
  const due = await at.posts
    .find({ _id: { $in: [...ids] }, dueAt: { $lte: now } }, { projection: dueFields, ...wholeBatch })
    .sort({ dueAt: 1, _id: 1 })
    .toArray();
  if (due.length === 0) return [];
  const texts = await at.texts
    .find(
      { _id: { $in: due.map((post) => textId(post._id, post.textVersion)) } },
      { projection: { title: 1, text: 1 }, ...wholeBatch },
    )
    .toArray();
  const textOf = new Map(texts.map((text) => [text._id, text]));
  return due.flatMap(({ _id: postId, metricsAt, gatheredAt, official = false, ...post }) => {
    const found = textOf.get(textId(postId, post.textVersion));
    if (found === undefined) return [];
    const { title, text } = found;
    return [{ postId, ...post, official, metricsAt: metricsAt ?? gatheredAt, title, text }];
  });
}

/** A late failure takes nothing from what another worker has judged, puts off no newer text, and wakes nothing that was erased. */
async function markFailed(
  at: PostCollections,
  { postId, textVersion, reason, retryAt }: Failure,
): Promise<void> {
  await at.posts.updateOne(
    { _id: postId, textVersion, state: { $ne: 'judged' }, marks: { $ne: 'text-erased' } },
    { $set: { state: 'failed', lastError: reason, dueAt: retryAt }, $inc: { attempts: 1 } },
  );
}

function markDeleted(
  client: MongoConnection['client'],
  at: PostCollections,
  postId: string,
  now: string,
): Promise<void> {
  return whileUnmoved(client, async (session) => {
    const post = await at.posts.findOne({ _id: postId }, { session });
    if (post === null || post.marks.includes('source-deleted')) return;
    const marks = [...post.marks, 'source-deleted' as const];
    if (post.retentionClass !== 'own-article') {
      await at.posts.updateOne({ _id: postId }, { $set: { marks } }, { session });
      return;
    }
    const change = { expiresAt: expiresAt('own-article', post.gatheredAt, now) };
    await at.posts.updateOne({ _id: postId }, { $set: { marks, ...change } }, { session });
    await at.texts.updateMany({ postId }, { $set: change }, { session });
    await at.index.updateOne({ _id: postId }, { $set: change }, { session });
  });
}

async function countStates(at: PostCollections): Promise<Record<Post['state'], number>> {
  const counts = { pending: 0, judged: 0, failed: 0 };
  const rows = at.posts.aggregate<{ _id: Post['state']; n: number }>([
    { $group: { _id: '$state', n: { $sum: 1 } } },
  ]);
  for await (const row of rows) counts[row._id] = row.n;
  return counts;
}
