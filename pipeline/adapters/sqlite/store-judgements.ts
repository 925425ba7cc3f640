import { type Case, isUndecided } from '../../domain/case.ts';
import type { Post } from '../../domain/post.ts';
import { expiresAt } from '../../domain/retention-class.ts';
import type { Judgement } from '../../ports/post-store.ts';
import { buildCaseAudit, buildCaseChange, buildCaseOutbox, effectiveAccess } from '../judged-case.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { findCaseRow, insertCase, insertEvent, updateCase } from './case-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { findPostRow, writeClasses } from './post-rows.ts';

/** @returns ids of the cases opened */
export function storeJudgementRows(
  db: SqliteDatabase,
  judgements: readonly Judgement[],
  at: string,
): string[] {
  return inTransaction(db, () => {
    const opened: string[] = [];
    for (const judgement of judgements) {
      const post = findPostRow(db, judgement.postId);
      if (post === null || post.textVersion !== judgement.textVersion || post.state === 'judged') continue;
      const current = findNewestCase(db, post.id);
      writeVerdict(db, post, judgement, current, at);
      const change = buildCaseChange(post, judgement, current, at);
      if (change.kind === 'none') continue;
      if (change.kind === 'open') {
        insertCase(db, change.next);
        insertOutbox(db, buildCaseOutbox(change.event));
        opened.push(change.next.id);
      } else {
        updateCase(db, change.next, change.expectedVersion);
      }
      insertEvent(db, change.event, null);
      insertAudit(db, buildCaseAudit(change.event));
    }
    return opened;
  });
}

function findNewestCase(db: SqliteDatabase, postId: string): Case | null {
  const row = statement<[string], { id: string }>(
    db,
    `SELECT c.id FROM cases c JOIN case_posts p ON p.case_id = c.id WHERE p.post_id = ?
       ORDER BY c.opened_at DESC, c.id DESC LIMIT 1`,
  ).get(postId);
  return row === undefined ? null : findCaseRow(db, row.id);
}

function writeVerdict(
  db: SqliteDatabase,
  post: Post,
  judgement: Judgement,
  current: Case | null,
  at: string,
): void {
  statement(db, 'INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?)').run(
    post.id,
    judgement.textVersion,
    JSON.stringify(judgement.verdict),
    at,
  );
  const classes = classesOf(post, judgement, current);
  const unchanged =
    classes.accessClass === post.accessClass && classes.retentionClass === post.retentionClass;
  statement(
    db,
    "UPDATE posts SET state = 'judged', due_at = NULL, attempts = 0, last_error = NULL WHERE id = ?",
  ).run(post.id);
  writeIndexEntry(db, post, judgement.tokens);
  if (!unchanged) writeClasses(db, { id: post.id, ...classes });
}

/** Own articles keep their life whatever is found in them; only what others wrote can be noise. */
function classesOf(post: Post, judgement: Judgement, current: Case | null) {
  const accessClass = effectiveAccess(judgement.verdict, current);
  const awaitsPerson = current !== null && isUndecided(current.state);
  const isNoise = judgement.verdict.noise && post.retentionClass === 'comment' && !awaitsPerson;
  return {
    accessClass,
    retentionClass: isNoise ? ('noise' as const) : post.retentionClass,
    expiresAt: isNoise ? expiresAt('noise', post.gatheredAt) : post.expiresAt,
  };
}

/** Takes the post's classes; should they change, `writeClasses` follows in the same transaction. */
function writeIndexEntry(db: SqliteDatabase, post: Post, tokens: readonly string[]): void {
  statement(db, 'DELETE FROM post_index WHERE rowid = (SELECT seq FROM posts WHERE id = ?)').run(post.id);
  statement(
    db,
    `INSERT INTO post_index (rowid, tokens, access_class, retention_class, expires_at)
     SELECT seq, ?, access_class, retention_class, expires_at FROM posts WHERE id = ?`,
  ).run(tokens.join(' '), post.id);
}
