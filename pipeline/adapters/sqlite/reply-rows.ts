import type { Case, CaseEvent } from '../../domain/case.ts';
import type { GatheredPost } from '../../domain/post.ts';
import { postId } from '../../domain/post.ts';
import { buildDecisionAudit, buildDecisionOutbox } from '../decision-record.ts';
import { answeredPostId, buildReplySeen, replyEventId } from '../reply-seen.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { findEventWithSeal, insertEvent, updateCase } from './case-rows.ts';
import { type SqliteDatabase, statement } from './database.ts';
import { findNewestCase } from './fingerprint-rows.ts';

/** For use inside the transaction that stores the reply. */
export function noteReply(db: SqliteDatabase, post: GatheredPost, at: string): void {
  const answered = answeredPostId(post);
  if (answered === null) return;
  const current = findNewestCase(db, answered);
  if (current === null) return;
  const holding =
    current.decisionId === null ? null : (findEventWithSeal(db, current.decisionId)?.event ?? null);
  writeReply(db, current, holding, { postId: postId(post), at });
}

/**
 * For use inside the transaction that decides: was it answered already?
 * @returns the case as it stands then
 */
export function noteEarlierReply(db: SqliteDatabase, current: Case, holding: CaseEvent): Case {
  if (holding.decision?.kind !== 'answer') return current;
  const postId = findReply(db, current.id);
  return postId === null ? current : writeReply(db, current, holding, { postId, at: holding.at });
}

/** For use inside the transaction that opens the case, after its rows: was its comment answered before it was judged? */
export function noteStoredReply(db: SqliteDatabase, opened: Case, at: string): void {
  if (findReply(db, opened.id) !== null) updateCase(db, { ...opened, replySeenAt: at }, opened.version);
}

function findReply(db: SqliteDatabase, caseId: string): string | null {
  const reply = statement<[string], { id: string }>(
    db,
    `SELECT r.id FROM case_posts m JOIN posts p ON p.id = m.post_id AND p.kind = 'comment'
       JOIN posts r ON r.official = 1 AND r.kind = 'comment' AND r.channel_id = p.channel_id AND r.parent_id = p.external_id
       WHERE m.case_id = ? ORDER BY r.seq LIMIT 1`,
  ).get(caseId);
  return reply?.id ?? null;
}

function writeReply(
  db: SqliteDatabase,
  current: Case,
  holding: CaseEvent | null,
  reply: { postId: string; at: string },
): Case {
  const told = holding !== null && findEventWithSeal(db, replyEventId(holding.id)) !== null;
  const change = buildReplySeen(current, holding, { ...reply, told });
  if (change === null) return current;
  updateCase(db, change.next, current.version);
  if (change.event !== null) {
    insertEvent(db, change.event, null);
    insertAudit(db, buildDecisionAudit(change.event));
    insertOutbox(db, buildDecisionOutbox(change.event));
  }
  return change.next;
}
