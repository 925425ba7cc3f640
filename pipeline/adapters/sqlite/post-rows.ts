import { z } from 'zod';
import { Post, PostText } from '../../domain/post.ts';
import { type SqliteDatabase, statement } from './database.ts';

const Json = z.string().transform((text): unknown => JSON.parse(text));

const PostRow = z
  .object({
    id: z.string(),
    channel_id: z.string(),
    kind: z.string(),
    external_id: z.string(),
    url: z.string(),
    parent_id: z.string().nullable(),
    root_id: z.string().nullable(),
    text_version: z.number(),
    published_at: z.string().nullable(),
    published_precision: z.string().nullable(),
    bucket_hour: z.string(),
    gathered_at: z.string(),
    state: z.string(),
    marks: Json,
    metrics: Json,
    official: z.number(),
    lead: Json.nullable(),
    access_class: z.string(),
    retention_class: z.string(),
    expires_at: z.string().nullable(),
  })
  .transform((row) => ({
    id: row.id,
    channelId: row.channel_id,
    kind: row.kind,
    externalId: row.external_id,
    url: row.url,
    parentId: row.parent_id,
    rootId: row.root_id,
    textVersion: row.text_version,
    publishedAt: row.published_at,
    publishedPrecision: row.published_precision,
    bucketHour: row.bucket_hour,
    gatheredAt: row.gathered_at,
    state: row.state,
    marks: row.marks,
    metrics: row.metrics,
    official: row.official === 1,
    lead: row.lead,
    accessClass: row.access_class,
    retentionClass: row.retention_class,
    expiresAt: row.expires_at,
  }))
  .pipe(Post);

export function parsePost(row: unknown): Post {
  return PostRow.parse(row);
}

export function findPostRow(db: SqliteDatabase, postId: string): Post | null {
  const row = statement(db, 'SELECT * FROM posts WHERE id = ?').get(postId);
  return row === undefined ? null : parsePost(row);
}

const TextRow = z
  .object({
    post_id: z.string(),
    text_version: z.number(),
    title: z.string(),
    text: z.string(),
    links: Json,
    attachments: Json,
    content_hash: z.string(),
    snapshot_hash: z.string().nullable(),
    gathered_at: z.string(),
    access_class: z.string(),
    retention_class: z.string(),
    expires_at: z.string().nullable(),
  })
  .transform((row) => ({
    postId: row.post_id,
    textVersion: row.text_version,
    title: row.title,
    text: row.text,
    links: row.links,
    attachments: row.attachments,
    contentHash: row.content_hash,
    snapshotHash: row.snapshot_hash,
    gatheredAt: row.gathered_at,
    accessClass: row.access_class,
    retentionClass: row.retention_class,
    expiresAt: row.expires_at,
  }))
  .pipe(PostText);

export function parseText(row: unknown): PostText {
  return TextRow.parse(row);
}

/** Whatever its class and age: callers filter. The newest version unless one is named. */
export function findTextRow(db: SqliteDatabase, postId: string, textVersion?: number): PostText | null {
  const row =
    textVersion === undefined
      ? statement(db, 'SELECT * FROM post_texts WHERE post_id = ? ORDER BY text_version DESC LIMIT 1').get(
          postId,
        )
      : statement(db, 'SELECT * FROM post_texts WHERE post_id = ? AND text_version = ?').get(
          postId,
          textVersion,
        );
  return row === undefined ? null : parseText(row);
}

export function writeMarks(db: SqliteDatabase, postId: string, marks: Post['marks']): void {
  statement(db, 'UPDATE posts SET marks = ? WHERE id = ?').run(JSON.stringify(marks), postId);
}

/** A post's classes and expiry stand on its row, on every version of its text and on its index entry. */
export function writeClasses(
  db: SqliteDatabase,
  post: Pick<Post, 'id' | 'accessClass' | 'retentionClass' | 'expiresAt'>,
): void {
  const set = 'SET access_class = @accessClass, retention_class = @retentionClass, expires_at = @expiresAt';
  const { id, accessClass, retentionClass, expiresAt } = post;
  const values = { id, accessClass, retentionClass, expiresAt };
  statement(db, `UPDATE posts ${set} WHERE id = @id`).run(values);
  statement(db, `UPDATE post_texts ${set} WHERE post_id = @id`).run(values);
  statement(db, `UPDATE post_index ${set} WHERE rowid = (SELECT seq FROM posts WHERE id = @id)`).run(values);
}
