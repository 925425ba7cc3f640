import { z } from 'zod';
import { AccessClass } from '../../domain/access-class.ts';
import type { Case } from '../../domain/case.ts';
import { Lead } from '../../domain/lead.ts';
import { passedAs } from '../../domain/passed.ts';
import { PostKind } from '../../domain/post.ts';
import { RetentionClass } from '../../domain/retention-class.ts';
import type { Judgement } from '../../ports/post-store.ts';
import { buildCaseAudit, buildCaseChange, buildCaseOutbox, hasLeft, judgedClasses } from '../judged-case.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { deleteCasePost, insertCase, insertCasePost, insertEvent, updateCase } from './case-rows.ts';
import { reclassifyWritings } from './case-writings.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { findNewestCase, findTwin, writeFingerprint } from './fingerprint-rows.ts';
import { followCase } from './handover-rows.ts';
import { noteStoredReply } from './reply-rows.ts';
import { writeRuleHits } from './rule-hits.ts';

/** Of a post that waits to be judged, what storing its verdict takes; most of the row is not needed. */
const WaitingPost = z.object({
  seq: z.number(),
  id: z.string(),
  channelId: z.string(),
  kind: PostKind,
  textVersion: z.number(),
  state: z.string(),
  accessClass: AccessClass,
  retentionClass: RetentionClass,
  gatheredAt: z.string(),
  expiresAt: z.string().nullable(),
  lead: z
    .string()
    .nullable()
    .transform((lead) => (lead === null ? null : Lead.parse(JSON.parse(lead)))),
});
type WaitingPost = z.infer<typeof WaitingPost>;

/** What was erased while it was being judged is not taken into the index again. */
function findWaiting(db: SqliteDatabase, judgement: Judgement): WaitingPost | null {
  const row = statement(
    db,
    `SELECT seq, id, channel_id AS channelId, kind, text_version AS textVersion, state, access_class AS accessClass,
     retention_class AS retentionClass, gathered_at AS gatheredAt, expires_at AS expiresAt, lead FROM posts
     WHERE id = ? AND marks NOT LIKE '%"text-erased"%'`,
  ).get(judgement.postId);
  if (row === undefined) return null;
  const post = WaitingPost.parse(row);
  return post.textVersion === judgement.textVersion && post.state !== 'judged' ? post : null;
}

/** @returns ids of the cases opened */
export function storeJudgementRows(
  db: SqliteDatabase,
  judgements: readonly Judgement[],
  at: string,
): string[] {
  return inTransaction(db, () => {
    const opened: string[] = [];
    for (const judgement of judgements) {
      const post = findWaiting(db, judgement);
      if (post === null) continue;
      const current = findNewestCase(db, post.id);
      const judgedBefore = current !== null && wasJudged(db, judgement);
      writeVerdict(db, post, judgement, current, at);
      writeRuleHits(db, post.id, judgement.verdict);
      const twin = findTwin(db, post, judgement, current, at);
      const change = buildCaseChange(post, judgement, { current, twin, judgedBefore }, at);
      writeFingerprint(db, post, judgement, change.kind === 'none' ? current : change.next);
      if (change.kind === 'none') continue;
      if (hasLeft(post, current, change)) deleteCasePost(db, current.id, post.id);
      if (change.kind === 'open') {
        insertCase(db, change.next);
        noteStoredReply(db, change.next, at);
        insertOutbox(db, buildCaseOutbox(change.event));
        opened.push(change.next.id);
      } else {
        updateCase(db, change.next, change.expectedVersion);
        if (change.joins) insertCasePost(db, change.next.id, post.id);
        if (current?.id === change.next.id && current.accessClass !== change.next.accessClass) {
          reclassifyWritings(db, change.next);
          followCase(db, { before: current, after: change.next, cause: change.event });
        }
      }
      insertEvent(db, change.event, null);
      insertAudit(db, buildCaseAudit(change.event));
    }
    return opened;
  });
}

function wasJudged(db: SqliteDatabase, { postId, textVersion }: Judgement): boolean {
  const find = statement(db, 'SELECT 1 FROM verdicts WHERE post_id = ? AND text_version = ?');
  return find.get(postId, textVersion) !== undefined;
}

function writeVerdict(
  db: SqliteDatabase,
  post: WaitingPost,
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
  const classes = judgedClasses(post, judgement.verdict, current);
  statement(
    db,
    `UPDATE posts SET state = 'judged', due_at = NULL, attempts = 0, last_error = NULL, access_class = @accessClass,
     retention_class = @retentionClass, expires_at = @expiresAt, passed = @passed WHERE seq = @seq`,
  ).run({ ...classes, passed: passedAs(post.kind, judgement.verdict, current), seq: post.seq });
  if (classes.accessClass !== post.accessClass || classes.retentionClass !== post.retentionClass) {
    statement(
      db,
      `UPDATE post_texts SET access_class = @accessClass, retention_class = @retentionClass, expires_at = @expiresAt
       WHERE post_id = @id`,
    ).run({ ...classes, id: post.id });
  }
  // The entry of an earlier text gives way to the new one.
  statement(
    db,
    `INSERT OR REPLACE INTO post_index (rowid, tokens, access_class, retention_class, expires_at)
     VALUES (@seq, @tokens, @accessClass, @retentionClass, @expiresAt)`,
  ).run({ ...classes, seq: post.seq, tokens: judgement.tokens.join(' ') });
}
