import type { AccessClass } from '../../domain/access-class.ts';
import type { Post } from '../../domain/post.ts';
import { Verdict } from '../../domain/verdict.ts';
import type { JudgedText } from '../../ports/desk-store.ts';
import { type SqliteDatabase, statement } from './database.ts';
import { parsePost, parseText } from './post-rows.ts';

/** Posts by id, in one question. */
export function loadPostRows(db: SqliteDatabase, ids: readonly string[]): Map<string, Post> {
  const rows = statement(db, 'SELECT * FROM posts WHERE id IN (SELECT value FROM json_each(?))').all(
    JSON.stringify(ids),
  );
  return new Map(rows.map(parsePost).map((post) => [post.id, post]));
}

/** Texts of the versions named, each with the findings of its verdict, in one question. */
export function loadJudgedTexts(
  db: SqliteDatabase,
  wanted: readonly { postId: string; textVersion: number }[],
  { accessClasses, now }: { accessClasses: readonly AccessClass[]; now: string },
): (JudgedText | null)[] {
  const rows = statement<unknown[], { at: number; verdict: string | null }>(
    db,
    `SELECT t.*, v.body AS verdict, w.key AS at
     FROM json_each(@wanted) w
       JOIN post_texts t ON t.post_id = w.value ->> 0 AND t.text_version = w.value ->> 1
       LEFT JOIN verdicts v ON v.post_id = t.post_id AND v.text_version = t.text_version
     WHERE t.access_class IN (SELECT value FROM json_each(@classes)) AND (t.expires_at IS NULL OR t.expires_at > @now)`,
  ).all({
    wanted: JSON.stringify(wanted.map(({ postId, textVersion }) => [postId, textVersion])),
    classes: JSON.stringify(accessClasses),
    now,
  });
  const found = new Map<number, JudgedText>();
  for (const { at, verdict, ...row } of rows) {
    const findings = verdict === null ? null : Verdict.parse(JSON.parse(verdict)).findings;
    found.set(at, { text: parseText(row), findings });
  }
  return wanted.map((_, at) => found.get(at) ?? null);
}
