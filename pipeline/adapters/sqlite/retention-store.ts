import { z } from 'zod';
import { PostKind, PostMark } from '../../domain/post.ts';
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
import { inTransaction, type SqliteDatabase, truncateLog } from './database.ts';
import { endTexts } from './end-texts.ts';
import { deleteFingerprint } from './fingerprint-rows.ts';
import { writeMarks } from './post-rows.ts';

export function openRetentionStore(db: SqliteDatabase): RetentionStore {
  return {
    listExpired: async (now, limit) => listExpired(db, now, limit),
    purgeExpired: async (now, posts, limit) => {
      const result = inTransaction(db, () => purge(db, { now, posts, limit }));
      if (Object.values(result).some((count) => count > 0)) truncateLog(db);
      return result;
    },
    countKept: async (now, until) => countKept(db, now, until),
    endTexts: async (postIds, at) => inTransaction(db, () => endTexts(db, postIds, at)),
  };
}

const NamingRow = z.object({
  postId: z.string(),
  textVersion: z.number(),
  kind: PostKind,
  retentionClass: RetentionClass,
  snapshotHash: z.string().nullable(),
});
const namingTexts = `SELECT t.post_id AS postId, t.text_version AS textVersion, p.kind,
  t.retention_class AS retentionClass, t.snapshot_hash AS snapshotHash
  FROM post_texts t JOIN posts p ON p.id = t.post_id`;

function listExpired(db: SqliteDatabase, now: string, limit: number): ExpiredTexts {
  const find = (where: string, values: Record<string, unknown>): NamingText[] =>
    db
      .prepare(`${namingTexts} WHERE ${where}`)
      .all(values)
      .map((row) => NamingRow.parse(row));
  const expired = find(
    `t.post_id IN (SELECT post_id FROM post_texts WHERE expires_at <= @now
       ORDER BY expires_at, post_id LIMIT @limit)`,
    { now, limit },
  );
  const hashes = expired.flatMap(({ snapshotHash }) => snapshotHash ?? []);
  const living = find(
    `t.snapshot_hash IN (SELECT value FROM json_each(@hashes)) AND t.snapshot_hash IS NOT NULL
     AND (t.expires_at IS NULL OR t.expires_at > @now)`,
    { now, hashes: JSON.stringify(hashes) },
  );
  return summarizeExpired(expired, living);
}

interface PurgeRequest {
  now: string;
  posts: readonly ExpiredPost[];
  limit: number;
}

function purge(db: SqliteDatabase, { now, posts, limit }: PurgeRequest): PurgeResult {
  return {
    texts: purgeTexts(db, now, posts),
    notes: deleteExpired(db, 'case_notes', now, limit),
    records: recordTables.reduce((sum, table) => sum + deleteExpired(db, table, now, limit), 0),
    auditPayloads: deleteExpired(db, 'audit_payload', now, limit),
    cases: deleteExpired(db, 'cases', now, limit),
  };
}

/** Rows with a text of their own and `expires_at`; what hangs on them goes with them. */
const recordTables = [
  'docket_texts',
  'docket_entries',
  'instructions',
  'card_texts',
  'replies',
  'help_releases',
  'handover_texts',
  'drafts',
  'briefs',
] as const;

function deleteExpired(
  db: SqliteDatabase,
  table: 'case_notes' | 'audit_payload' | 'cases' | (typeof recordTables)[number],
  now: string,
  limit: number,
): number {
  return db
    .prepare(`DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE expires_at <= ? LIMIT ?)`)
    .run(now, limit).changes;
}

const KeptRow = z.object({
  kept: z.number(),
  overdue: z.number(),
  due: z.number(),
  nextAt: z.string().nullable(),
});
const keptColumns = `count(*) AS kept, coalesce(sum(expires_at <= @now), 0) AS overdue,
  coalesce(sum(expires_at > @now AND expires_at <= @until), 0) AS due, min(expires_at) AS nextAt`;

function countKept(db: SqliteDatabase, now: string, until: string): KeptCount[] {
  const texts = db
    .prepare(`SELECT retention_class AS part, ${keptColumns} FROM post_texts GROUP BY retention_class`)
    .all({ now, until })
    .map((row) => KeptRow.extend({ part: RetentionClass }).parse(row));
  const count = (table: string, part: KeptCount['part']): KeptCount => ({
    part,
    ...KeptRow.parse(db.prepare(`SELECT ${keptColumns} FROM ${table}`).get({ now, until })),
  });
  return addKept([
    ...texts,
    count('case_notes', 'note'),
    ...recordTables.map((table) => count(table, table === 'drafts' ? 'publication' : 'written')),
    count('cases', 'case'),
    count('audit_payload', 'audit-note'),
  ]);
}

/** All versions of a post expire together, since classes and expiry are written to all of them. */
function purgeTexts(db: SqliteDatabase, now: string, expired: readonly ExpiredPost[]): number {
  const find = db.prepare<unknown[], { seq: number; marks: string }>(
    `SELECT p.seq, p.marks FROM posts p JOIN post_texts t ON t.post_id = p.id AND t.text_version = p.text_version
     WHERE p.id = ? AND p.text_version = ? AND t.expires_at <= ?`,
  );
  let texts = 0;
  for (const { postId, textVersion } of expired) {
    const post = find.get(postId, textVersion, now);
    if (post === undefined) continue;
    texts += db.prepare('DELETE FROM post_texts WHERE post_id = ?').run(postId).changes;
    db.prepare('DELETE FROM post_index WHERE rowid = ?').run(post.seq);
    deleteFingerprint(db, post.seq);
    db.prepare('UPDATE posts SET due_at = NULL, last_error = NULL WHERE id = ?').run(postId);
    const marks = new Set(PostMark.array().parse(JSON.parse(post.marks))).add('text-erased');
    writeMarks(db, postId, [...marks]);
  }
  return texts;
}
