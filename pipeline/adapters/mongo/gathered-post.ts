import { hasOutgrown } from '../../domain/baseline.ts';
import { type GatheredPost, type Post, postId, retentionOf } from '../../domain/post.ts';
import { expiresAt } from '../../domain/retention-class.ts';
import { bucketHour } from '../../domain/time.ts';
import type { GatheredItem, StoreOutcome } from '../../ports/post-store.ts';
import { contentHash } from '../content-hash.ts';
import { type PostDocument, type PostTextDocument, textId } from './post-documents.ts';

/** One post while a call's items are laid upon it; nothing of it is stored yet. */
export interface GatheredState {
  /** As it stood before the call; null for a new one. */
  stored: PostDocument | null;
  post: PostDocument;
  newestHash: string | null;
  newTexts: PostTextDocument[];
  /** A person has still to decide it: its risk is kept up to date. */
  awaitsPerson: boolean;
}

/** What the page says about itself; `fallback` dates a post that bears no date. */
function columnsOf(post: GatheredPost, fallback: string) {
  const { url, publishedAt, publishedPrecision } = post;
  const sortAt = publishedAt ?? fallback;
  return { url, publishedAt, publishedPrecision, bucketHour: bucketHour(sortAt), sortAt };
}

/** Without `undefined`, which MongoDB would keep as null. */
function metricsOf(post: GatheredPost): Post['metrics'] {
  return Object.fromEntries(Object.entries(post.metrics).filter(([, value]) => value !== undefined));
}

function buildPost(post: GatheredPost, at: string): PostDocument {
  const retentionClass = retentionOf(post.kind);
  return {
    _id: postId(post),
    channelId: post.channelId,
    kind: post.kind,
    externalId: post.externalId,
    parentId: post.parentId,
    rootId: post.rootId,
    textVersion: 1,
    ...columnsOf(post, at),
    gatheredAt: at,
    state: 'pending',
    marks: [],
    metrics: metricsOf(post),
    accessClass: 'open',
    retentionClass,
    expiresAt: expiresAt(retentionClass, at),
    dueAt: at,
    attempts: 0,
    lastError: null,
    judgedVersion: null,
    metricsAt: at,
    ...(post.official === true ? { official: true as const } : {}),
  };
}

/** A new version takes its classes from the post: a stricter class is not lost by an edit. */
function buildText(owner: PostDocument, item: GatheredItem, at: string): PostTextDocument {
  const { title, text, links, attachments } = item.post;
  return {
    _id: textId(owner._id, owner.textVersion),
    postId: owner._id,
    textVersion: owner.textVersion,
    title,
    text,
    links: [...links],
    attachments: attachments.map(({ name, url }) => ({ name, url })),
    contentHash: contentHash(item.post),
    snapshotHash: item.snapshotHash,
    gatheredAt: at,
    accessClass: owner.accessClass,
    retentionClass: owner.retentionClass,
    expiresAt: owner.expiresAt,
  };
}

/** It is on line again: the clock of its three years stops. */
function restoreSource(post: PostDocument, at: string): PostDocument {
  const marks = post.marks.filter((mark) => mark !== 'source-deleted');
  if (post.retentionClass !== 'own-article') return { ...post, marks };
  return { ...post, marks, expiresAt: expiresAt('own-article', at) };
}

function editPost(post: PostDocument, gathered: GatheredPost, at: string): PostDocument {
  return {
    ...post,
    ...columnsOf(gathered, post.publishedAt ?? post.gatheredAt),
    textVersion: post.textVersion + 1,
    marks: [...new Set(post.marks).add('source-edited')],
    ...due(at),
  };
}

function due(at: string) {
  return { state: 'pending', dueAt: at, attempts: 0, lastError: null } as const;
}

function withMetrics(post: PostDocument, metrics: Post['metrics'], at: string): PostDocument {
  const same = JSON.stringify(metrics) === JSON.stringify(post.metrics);
  return same ? post : { ...post, metrics, metricsAt: at };
}

export function startNew(item: GatheredItem, at: string): GatheredState {
  const post = buildPost(item.post, at);
  const text = buildText(post, item, at);
  return { stored: null, post, newestHash: text.contentHash, newTexts: [text], awaitsPerson: false };
}

/** Lays one more item upon a post that is known, stored or met earlier in the same call. */
export function gatherAgain(state: GatheredState, item: GatheredItem, at: string): StoreOutcome {
  const before = state.post.metrics;
  state.post = withMetrics(state.post, metricsOf(item.post), at);
  // What retention has erased stays erased, though the platform may show it still.
  if (state.post.marks.includes('text-erased')) return 'unchanged';
  if (state.post.marks.includes('source-deleted')) state.post = restoreSource(state.post, at);
  if (state.newestHash === contentHash(item.post)) {
    const outgrown = state.post.state === 'judged' && hasOutgrown(before, state.post.metrics);
    // Its text is the same, but its risk may not be.
    if (outgrown && state.awaitsPerson) state.post = { ...state.post, ...due(at) };
    return 'unchanged';
  }
  state.post = editPost(state.post, item.post, at);
  const text = buildText(state.post, item, at);
  state.newTexts.push(text);
  state.newestHash = text.contentHash;
  return 'edited';
}
