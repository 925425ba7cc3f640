import type { ClientSession, MongoClient } from 'mongodb';
import { hasOutgrown } from '../../domain/baseline.ts';
import { Conflict } from '../../domain/errors.ts';
import { postId } from '../../domain/post.ts';
import type { GatheredItem, StoreOutcome } from '../../ports/post-store.ts';
import type { CaseCollections } from './case-documents.ts';
import { noteChanges } from './fact-changes.ts';
import { type GatheredState, gatherAgain, startNew } from './gathered-post.ts';
import { whileUnmoved } from './optimistic.ts';
import { type PostCollections, type PostDocument, textId, wholeBatch } from './post-documents.ts';
import { noteReplies, type ReplyCollections } from './reply-documents.ts';

/** Writers that meet take their posts in one order, so that none waits for the other in a circle. */
export function byId(a: { _id: string }, b: { _id: string }): number {
  return a._id < b._id ? -1 : 1;
}

type GatheringCollections = PostCollections & Pick<CaseCollections, 'cases'> & ReplyCollections;

interface Scope {
  at: GatheringCollections;
  session: ClientSession;
}

/** However many items there are, it takes the same few round trips; one of them notes what the figures have to count. */
export function storePostDocuments(
  client: MongoClient,
  at: GatheringCollections,
  items: readonly GatheredItem[],
  now: string,
): Promise<StoreOutcome[]> {
  if (items.length === 0) return Promise.resolve([]);
  return whileUnmoved(client, async (session) => {
    const scope = { at, session };
    const states = await findKnown(scope, [...new Set(items.map(({ post }) => postId(post)))]);
    await findAwaited(scope, states, items);
    const outcomes = items.map((item) => gather(states, item, now));
    await write(
      scope,
      [...states.values()].sort((a, b) => byId(a.post, b.post)),
    );
    const created = [...states.values()].filter(({ stored }) => stored === null).map(({ post }) => post);
    await noteReplies(scope, created, now);
    return outcomes;
  });
}

async function findKnown({ at, session }: Scope, ids: string[]): Promise<Map<string, GatheredState>> {
  const known = await at.posts.find({ _id: { $in: ids } }, { session, ...wholeBatch }).toArray();
  if (known.length === 0) return new Map();
  const textIds = known.map((post) => textId(post._id, post.textVersion));
  const hashes = await at.texts
    .find({ _id: { $in: textIds } }, { session, projection: { postId: 1, contentHash: 1 }, ...wholeBatch })
    .toArray();
  const hashOf = new Map(hashes.map((text) => [text.postId, text.contentHash]));
  return new Map(
    known.map((post) => [
      post._id,
      {
        stored: post,
        post,
        newestHash: hashOf.get(post._id) ?? null,
        newTexts: [],
        awaitsPerson: false,
      },
    ]),
  );
}

/** Only of those that have come further is it asked whether a person has decided them. */
async function findAwaited(
  { at, session }: Scope,
  states: Map<string, GatheredState>,
  items: readonly GatheredItem[],
): Promise<void> {
  const grown = items.flatMap(({ post }) => {
    const known = states.get(postId(post));
    return known !== undefined && hasOutgrown(known.post.metrics, post.metrics) ? [known.post._id] : [];
  });
  if (grown.length === 0) return;
  const cases = await at.cases
    .find(
      { postIds: { $in: grown }, state: { $in: ['open', 'reopened'] } },
      { session, projection: { postIds: 1 }, ...wholeBatch },
    )
    .toArray();
  for (const id of cases.flatMap(({ postIds }) => postIds)) {
    const state = states.get(id);
    if (state !== undefined) state.awaitsPerson = true;
  }
}

function gather(states: Map<string, GatheredState>, item: GatheredItem, now: string): StoreOutcome {
  const id = postId(item.post);
  const state = states.get(id);
  if (state !== undefined) return gatherAgain(state, item, now);
  states.set(id, startNew(item, now));
  return 'created';
}

/** Posts come first: whoever else writes to one of them is noticed before anything hangs on it. */
async function write(scope: Scope, states: GatheredState[]): Promise<void> {
  const { at, session } = scope;
  const created = states.filter(({ stored }) => stored === null);
  if (created.length > 0)
    await at.posts.insertMany(
      created.map(({ post }) => post),
      { session },
    );
  await updateKnown(scope, states);
  const moved = states.filter(({ stored, post }) => stored === null || factMoved(stored, post));
  await noteChanges(at, session, { items: moved.map(({ post }) => post._id) });
  const texts = states.flatMap(({ newTexts }) => newTexts);
  if (texts.length > 0) await at.texts.insertMany(texts, { session });
}

/** Numbers alone move no figure. */
function factMoved(stored: PostDocument, post: PostDocument): boolean {
  return (
    stored.state !== post.state ||
    stored.textVersion !== post.textVersion ||
    stored.bucketHour !== post.bucketHour ||
    stored.official !== post.official
  );
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

async function updateKnown({ at, session }: Scope, states: GatheredState[]): Promise<void> {
  const changes = states.flatMap(({ stored, post }) =>
    stored === null || isSame(stored, post) ? [] : [{ stored, post }],
  );
  if (changes.length === 0) return;
  const updates = changes.map(({ stored, post }) => ({
    updateOne: {
      filter: { _id: post._id, textVersion: stored.textVersion, state: stored.state },
      update: { $set: changedFields(stored, post) },
    },
  }));
  const { matchedCount } = await at.posts.bulkWrite(updates, { session });
  if (matchedCount !== changes.length) throw new Conflict('a post has moved');
  const redated = changes.filter(({ stored, post }) => stored.expiresAt !== post.expiresAt);
  if (redated.length > 0)
    await redate(
      { at, session },
      redated.map(({ post }) => post),
    );
}

/** Only what the call changes, so that it doesn't undo what another one writes at the same time. */
function changedFields(stored: PostDocument, post: PostDocument): Partial<PostDocument> {
  const { _id, ...fields } = post;
  const entries = Object.entries(fields);
  const before = new Map<string, unknown>(Object.entries(stored));
  return Object.fromEntries(entries.filter(([name, value]) => !isSame(before.get(name), value)));
}

async function redate({ at, session }: Scope, posts: PostDocument[]): Promise<void> {
  const ofExpiry = (post: PostDocument) => ({ $set: { expiresAt: post.expiresAt } });
  await at.texts.bulkWrite(
    posts.map((post) => ({ updateMany: { filter: { postId: post._id }, update: ofExpiry(post) } })),
    { session },
  );
  await at.index.bulkWrite(
    posts.map((post) => ({ updateOne: { filter: { _id: post._id }, update: ofExpiry(post) } })),
    { session },
  );
}
