import { z } from 'zod';
import { Metrics, type Post, PostKind } from '../../domain/post.ts';
import { expiresAt } from '../../domain/retention-class.ts';
import { Verdict } from '../../domain/verdict.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DueText, PostStore } from '../../ports/post-store.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { findPostRow, findTextRow, writeClasses, writeMarks } from './post-rows.ts';
import { searchPosts } from './search.ts';
import { storeJudgementRows } from './store-judgements.ts';
import { storePostRows } from './store-posts.ts';

export function openPostStore(db: SqliteDatabase, clock: Clock): PostStore {
  return {
    storePosts: async (items, at) => storePostRows(db, items, at),
    findPost: async (postId) => findPostRow(db, postId),
    findText: async (postId, sight) => {
      const text = findTextRow(db, postId, sight.textVersion);
      if (text === null || !sight.accessClasses.includes(text.accessClass)) return null;
      return text.expiresAt !== null && text.expiresAt <= clock.now() ? null : text;
    },
    findVerdict: async (postId, textVersion) => findVerdict(db, postId, textVersion),
    listDue: async (now, limit) => listDue(db, now, limit),
    loadDue: async (ids, now) => loadDue(db, ids, now),
    storeJudgements: async (judgements, at) => storeJudgementRows(db, judgements, at),
    markFailed: async ({ postId, textVersion, reason, retryAt }) => {
      statement(
        db,
        `UPDATE posts SET state = 'failed', attempts = attempts + 1, last_error = @reason, due_at = @retryAt
         WHERE id = @postId AND text_version = @textVersion AND state <> 'judged' AND marks NOT LIKE '%"text-erased"%'`,
      ).run({ postId, textVersion, reason, retryAt });
    },
    markDeleted: async (postId, at) => markDeleted(db, postId, at),
    search: async (query) => searchPosts(db, query),
    // FTS5 writes in haste too, and merges by itself.
    mergeIndex: async () => 0,
    countStates: async () => countStates(db),
  };
}

function findVerdict(db: SqliteDatabase, postId: string, textVersion: number): Verdict | null {
  const row = statement<unknown[], { body: string }>(
    db,
    'SELECT body FROM verdicts WHERE post_id = ? AND text_version = ?',
  ).get(postId, textVersion);
  return row === undefined ? null : Verdict.parse(JSON.parse(row.body));
}

function listDue(db: SqliteDatabase, now: string, limit: number): string[] {
  return statement<unknown[], { id: string }>(
    db,
    'SELECT id FROM posts WHERE due_at <= ? ORDER BY due_at, seq LIMIT ?',
  )
    .all(now, limit)
    .map((row) => row.id);
}

const DueRow = z.object({
  postId: z.string(),
  channelId: z.string(),
  kind: PostKind,
  metrics: z.string(),
  metricsAt: z.string(),
  publishedAt: z.string().nullable(),
  bucketHour: z.string(),
  textVersion: z.number(),
  title: z.string(),
  text: z.string(),
  official: z.number(),
});

function loadDue(db: SqliteDatabase, ids: readonly string[], now: string): DueText[] {
  return statement(
    db,
    `SELECT p.id AS postId, p.channel_id AS channelId, p.kind, p.metrics, coalesce(p.metrics_at, p.gathered_at) AS metricsAt,
       p.published_at AS publishedAt, p.bucket_hour AS bucketHour, p.text_version AS textVersion, t.title, t.text, p.official
     FROM posts p JOIN post_texts t ON t.post_id = p.id AND t.text_version = p.text_version
     WHERE p.id IN (SELECT value FROM json_each(?)) AND p.due_at <= ? ORDER BY p.due_at, p.seq`,
  )
    .all(JSON.stringify(ids), now)
    .map((row) => {
      const due = DueRow.parse(row);
      return { ...due, official: due.official === 1, metrics: Metrics.parse(JSON.parse(due.metrics)) };
    });
}

function markDeleted(db: SqliteDatabase, postId: string, at: string): void {
  inTransaction(db, () => {
    const post = findPostRow(db, postId);
    if (post === null || post.marks.includes('source-deleted')) return;
    writeMarks(db, postId, [...post.marks, 'source-deleted']);
    if (post.retentionClass !== 'own-article') return;
    writeClasses(db, { ...post, expiresAt: expiresAt('own-article', post.gatheredAt, at) });
  });
}

function countStates(db: SqliteDatabase): Record<Post['state'], number> {
  const counts = { pending: 0, judged: 0, failed: 0 };
  const rows = statement<[], { state: Post['state']; n: number }>(
    db,
    'SELECT state, count(*) AS n FROM posts GROUP BY state',
  ).all();
  for (const row of rows) counts[row.state] = row.n;
  return counts;
}
