import type { Actor } from '../../domain/case.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import type { Post } from '../../domain/post.ts';
import type { SplitCommand } from '../../domain/split.ts';
import { Verdict } from '../../domain/verdict.ts';
import type { RecordedSplit } from '../../ports/case-store.ts';
import { sealCommand } from '../decision-record.ts';
import { buildCaseAudit, buildCaseOutbox } from '../judged-case.ts';
import { buildSplit, partedCaseId } from '../split-case.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { deleteCasePost, findCaseRow, insertCase, insertEvent, updateCase } from './case-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { leadWithFingerprint } from './fingerprint-rows.ts';
import { findPostRow } from './post-rows.ts';
import { findRepeated, findSeenVersion, insertNote } from './record-decision.ts';

/** Both cases, their events, the note, audit and outbox entries stand together or not at all. */
export function recordSplitRows(
  db: SqliteDatabase,
  command: SplitCommand,
  actor: Actor,
  at: string,
): RecordedSplit {
  return inTransaction(db, () => {
    const repeated = findRepeated(db, command, actor);
    const partedId = partedCaseId(command.commandId);
    if (repeated !== null) return { ...repeated, partedCaseId: partedId };
    const current = findCaseRow(db, command.caseId);
    if (current === null) throw new NotFound('没有这条线索。');
    const seen = { ...command, version: findSeenVersion(db, current, command.version) };
    const split = buildSplit(current, findCopy(db, command.postId), seen, actor, at);
    if (!updateCase(db, split.next, current.version)) {
      throw new Conflict('这条线索已有更新，请重新打开后再处理。');
    }
    deleteCasePost(db, current.id, command.postId);
    insertEvent(db, split.event, sealCommand(command, actor));
    insertNote(db, split.event, split.next, command.note);
    insertCase(db, split.parted);
    insertEvent(db, split.opening, null);
    leadWithFingerprint(db, command.postId);
    for (const event of [split.event, split.opening]) insertAudit(db, buildCaseAudit(event));
    insertOutbox(db, buildCaseOutbox(split.opening));
    return { case: split.next, event: split.event, repeated: false, partedCaseId: partedId };
  });
}

/** The newest text that was judged. */
function findCopy(db: SqliteDatabase, postId: string): { post: Post; verdict: Verdict } | null {
  const post = findPostRow(db, postId);
  const row = statement<[string], { body: string; textVersion: number }>(
    db,
    `SELECT body, text_version AS textVersion FROM verdicts WHERE post_id = ?
       ORDER BY text_version DESC LIMIT 1`,
  ).get(postId);
  if (post === null || row === undefined) return null;
  return { post: { ...post, textVersion: row.textVersion }, verdict: Verdict.parse(JSON.parse(row.body)) };
}
