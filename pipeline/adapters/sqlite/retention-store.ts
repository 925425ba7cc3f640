import { z } from 'zod';
import { PostMark } from '../../domain/post.ts';
import { RetentionClass } from '../../domain/retention-class.ts';
import type { ExpiredSnapshot, PurgeResult, RetentionStore } from '../../ports/retention-store.ts';
import { inTransaction, type SqliteDatabase, truncateLog } from './database.ts';
import { writeMarks } from './post-rows.ts';

export function openRetentionStore(db: SqliteDatabase): RetentionStore {
  return {
    listExpiredSnapshots: async (now, limit) => listExpiredSnapshots(db, now, limit),
    purgeExpired: async (now, limit) => {
      const result = inTransaction(db, () => purge(db, now, limit));
      if (Object.values(result).some((count) => count > 0)) truncateLog(db);
      return result;
    },
  };
}

/** At most `limit` posts, in one order for snapshots and texts, so that no row goes before the blob it names. */
const expiredPosts = `SELECT DISTINCT post_id FROM (
  SELECT post_id FROM post_texts WHERE expires_at <= @now ORDER BY expires_at, post_id LIMIT @limit)`;

const SnapshotRow = z.object({ retention_class: RetentionClass, snapshot_hash: z.string() });

function listExpiredSnapshots(db: SqliteDatabase, now: string, limit: number): ExpiredSnapshot[] {
  return db
    .prepare(
      `SELECT DISTINCT retention_class, snapshot_hash FROM post_texts t
       WHERE post_id IN (${expiredPosts}) AND expires_at <= @now AND snapshot_hash IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM post_texts o WHERE o.snapshot_hash = t.snapshot_hash
           AND o.retention_class = t.retention_class AND (o.expires_at IS NULL OR o.expires_at > @now))`,
    )
    .all({ now, limit })
    .map((row) => {
      const { retention_class, snapshot_hash } = SnapshotRow.parse(row);
      return { retentionClass: retention_class, hash: snapshot_hash };
    });
}

function purge(db: SqliteDatabase, now: string, limit: number): PurgeResult {
  return {
    texts: purgeTexts(db, now, limit),
    notes: deleteExpired(db, 'case_notes', now, limit),
    auditPayloads: deleteExpired(db, 'audit_payload', now, limit),
    cases: deleteExpired(db, 'cases', now, limit),
  };
}

function deleteExpired(
  db: SqliteDatabase,
  table: 'case_notes' | 'audit_payload' | 'cases',
  now: string,
  limit: number,
): number {
  return db
    .prepare(`DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE expires_at <= ? LIMIT ?)`)
    .run(now, limit).changes;
}

/** All versions of a post expire together, since classes and expiry are written to all of them. */
function purgeTexts(db: SqliteDatabase, now: string, limit: number): number {
  const posts = db
    .prepare<unknown[], { id: string; seq: number; marks: string }>(
      `SELECT p.id, p.seq, p.marks FROM posts p WHERE p.id IN (${expiredPosts})`,
    )
    .all({ now, limit });
  let texts = 0;
  for (const post of posts) {
    texts += db.prepare('DELETE FROM post_texts WHERE post_id = ?').run(post.id).changes;
    db.prepare('DELETE FROM post_index WHERE rowid = ?').run(post.seq);
    db.prepare('UPDATE posts SET due_at = NULL, last_error = NULL WHERE id = ?').run(post.id);
    const marks = new Set(PostMark.array().parse(JSON.parse(post.marks))).add('text-erased');
    writeMarks(db, post.id, [...marks]);
  }
  return texts;
}
