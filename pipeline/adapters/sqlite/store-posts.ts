import { hasOutgrown } from '../../domain/baseline.ts';
import type { Lead } from '../../domain/lead.ts';
import { type GatheredPost, type Metrics, type Post, postId, retentionOf } from '../../domain/post.ts';
import { expiresAt } from '../../domain/retention-class.ts';
import { bucketHour } from '../../domain/time.ts';
import type { GatheredItem, StoreOutcome } from '../../ports/post-store.ts';
import { contentHash } from '../content-hash.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { findPostRow, findTextRow, writeClasses, writeMarks } from './post-rows.ts';
import { noteReply } from './reply-rows.ts';

export function storePostRows(
  db: SqliteDatabase,
  items: readonly GatheredItem[],
  at: string,
): StoreOutcome[] {
  return inTransaction(db, () => items.map((item) => storeOne(db, item, at)));
}

function storeOne(db: SqliteDatabase, item: GatheredItem, at: string): StoreOutcome {
  const id = postId(item.post);
  const known = findPostRow(db, id);
  if (known === null) {
    insertPost(db, item.post, at);
    insertText(db, id, 1, item, at);
    noteReply(db, item.post, at);
    return 'created';
  }
  writeMetrics(db, known, item.post.metrics, at);
  // What retention has erased stays erased, though the platform may show it still.
  if (known.marks.includes('text-erased')) return 'unchanged';
  if (known.marks.includes('source-deleted')) restoreSource(db, known, at);
  if (findTextRow(db, id)?.contentHash === contentHash(item.post)) {
    if (known.state === 'judged' && hasOutgrown(known.metrics, item.post.metrics)) judgeAgain(db, id, at);
    return 'unchanged';
  }
  insertText(db, id, known.textVersion + 1, item, at);
  markEdited(db, known, item.post, at);
  return 'edited';
}

function writeMetrics(db: SqliteDatabase, known: Post, metrics: Metrics, at: string): void {
  const written = JSON.stringify(metrics);
  if (written === JSON.stringify(known.metrics)) return;
  statement(db, 'UPDATE posts SET metrics = ?, metrics_at = ? WHERE id = ?').run(written, at, known.id);
}

/** Its text is the same, but its risk may not be: worth a look where a person has not decided yet. */
function judgeAgain(db: SqliteDatabase, id: string, at: string): void {
  statement(
    db,
    `UPDATE posts SET state = 'pending', due_at = @at, attempts = 0, last_error = NULL WHERE id = @id AND EXISTS (
       SELECT 1 FROM case_posts p JOIN cases c ON c.id = p.case_id
       WHERE p.post_id = @id AND c.state IN ('open', 'reopened'))`,
  ).run({ id, at });
}

/** @param lead for what a person registered */
export function insertPost(
  db: SqliteDatabase,
  post: GatheredPost,
  at: string,
  lead: Lead | null = null,
): void {
  const retentionClass = retentionOf(post.kind);
  statement(
    db,
    `INSERT INTO posts (id, channel_id, kind, external_id, url, parent_id, root_id, text_version, published_at,
     published_precision, bucket_hour, gathered_at, sort_at, state, marks, metrics, access_class, retention_class,
     expires_at, due_at, metrics_at, official, lead)
     VALUES (@id, @channelId, @kind, @externalId, @url, @parentId, @rootId, 1, @publishedAt, @publishedPrecision,
     @bucketHour, @at, @sortAt, 'pending', '[]', @metrics, 'open', @retentionClass, @expiresAt, @at, @at,
     @official, @lead)`,
  ).run({
    ...columnsOf(post, at),
    id: postId(post),
    channelId: post.channelId,
    kind: post.kind,
    externalId: post.externalId,
    metrics: JSON.stringify(post.metrics),
    at,
    retentionClass,
    expiresAt: expiresAt(retentionClass, at),
    official: post.official === true ? 1 : 0,
    lead: lead === null ? null : JSON.stringify(lead),
  });
}

function columnsOf(post: GatheredPost, at: string) {
  const { url, parentId, rootId, publishedAt, publishedPrecision } = post;
  const shown = publishedAt ?? at;
  return {
    url,
    parentId,
    rootId,
    publishedAt,
    publishedPrecision,
    bucketHour: bucketHour(shown),
    sortAt: shown,
  };
}

/** A new version takes its classes from the post: a stricter class is not lost by an edit. */
export function insertText(
  db: SqliteDatabase,
  id: string,
  textVersion: number,
  item: GatheredItem,
  at: string,
): void {
  const { post, snapshotHash } = item;
  statement(
    db,
    `INSERT INTO post_texts SELECT @id, @textVersion, @title, @text, @links, @attachments, @contentHash, @snapshotHash, @at,
     access_class, retention_class, expires_at FROM posts WHERE id = @id`,
  ).run({
    id,
    textVersion,
    title: post.title,
    text: post.text,
    links: JSON.stringify(post.links),
    attachments: JSON.stringify(post.attachments),
    contentHash: contentHash(post),
    snapshotHash,
    at,
  });
}

export function markEdited(db: SqliteDatabase, known: Post, post: GatheredPost, at: string): void {
  const marks = new Set(known.marks).add('source-edited');
  marks.delete('source-deleted');
  statement(
    db,
    `UPDATE posts SET text_version = text_version + 1, url = @url, published_at = @publishedAt,
     published_precision = @publishedPrecision, bucket_hour = @bucketHour, sort_at = @sortAt, state = 'pending',
     due_at = @at, attempts = 0, last_error = NULL WHERE id = @id`,
  ).run({ ...columnsOf(post, known.publishedAt ?? known.gatheredAt), id: known.id, at });
  writeMarks(db, known.id, [...marks]);
}

/** It is on line again: the clock of its three years stops. */
function restoreSource(db: SqliteDatabase, known: Post, at: string): void {
  writeMarks(
    db,
    known.id,
    known.marks.filter((mark) => mark !== 'source-deleted'),
  );
  if (known.retentionClass !== 'own-article') return;
  writeClasses(db, { ...known, expiresAt: expiresAt('own-article', at) });
}
