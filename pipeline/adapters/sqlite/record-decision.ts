import type { Actor, Case, CaseEvent } from '../../domain/case.ts';
import { buildNoting, type NoteCommand } from '../../domain/case-note.ts';
import { buildClosing, type CloseCommand } from '../../domain/closing.ts';
import { buildDecision, buildUndo, type DecisionCommand, type UndoCommand } from '../../domain/decision.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import { buildReopening, type ReopenCommand } from '../../domain/reopening.ts';
import { seenVersion } from '../../domain/seen-version.ts';
import type { SplitCommand } from '../../domain/split.ts';
import { buildTakeOver, type TakeOverCommand } from '../../domain/take-over.ts';
import type { RecordedDecision } from '../../ports/case-store.ts';
import {
  buildDecisionAudit,
  buildDecisionOutbox,
  buildNote,
  isSameCommand,
  sealCommand,
} from '../decision-record.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { findCaseRow, findEventWithSeal, insertEvent, parseEvent, updateCase } from './case-rows.ts';
import { reclassifyWritings } from './case-writings.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { deleteFingerprint, findSeq } from './fingerprint-rows.ts';
import { followCase, insertSlip } from './handover-rows.ts';
import { noteEarlierReply } from './reply-rows.ts';

type Command =
  | DecisionCommand
  | UndoCommand
  | SplitCommand
  | CloseCommand
  | ReopenCommand
  | NoteCommand
  | TakeOverCommand;

/** The hardest seam: case, event, note, audit entry and outbox entry stand together or not at all. */
export function recordDecisionRows(
  db: SqliteDatabase,
  command: DecisionCommand,
  actor: Actor,
  at: string,
): RecordedDecision {
  return recordRows(db, command, actor, (current, version) =>
    buildDecision(current, { ...command, version }, actor, at),
  );
}

export function recordUndoRows(
  db: SqliteDatabase,
  command: UndoCommand,
  actor: Actor,
  at: string,
): RecordedDecision {
  return recordRows(db, command, actor, (current, version) => {
    const undone = findEventWithSeal(db, command.decisionId);
    if (undone === null) throw new NotFound('没有这条处理意见。');
    return buildUndo(current, undone.event, { ...command, version }, actor, at);
  });
}

export function recordCloseRows(
  db: SqliteDatabase,
  command: CloseCommand,
  actor: Actor,
  at: string,
): RecordedDecision {
  return recordRows(db, command, actor, (current, version) => {
    const holding = current.decisionId === null ? null : findEventWithSeal(db, current.decisionId);
    return buildClosing(current, holding?.event ?? null, { ...command, version }, actor, at);
  });
}

export function recordReopenRows(
  db: SqliteDatabase,
  command: ReopenCommand,
  actor: Actor,
  at: string,
): RecordedDecision {
  return recordRows(db, command, actor, (current, version) => {
    const past = listEventsSince(db, current.id, 0);
    return buildReopening({ current, past }, { ...command, version }, actor, at);
  });
}

export function recordNoteRows(
  db: SqliteDatabase,
  command: NoteCommand,
  actor: Actor,
  at: string,
): RecordedDecision {
  return recordRows(db, command, actor, (current) => buildNoting(current, command, actor, at));
}

export function recordTakeOverRows(
  db: SqliteDatabase,
  { command, claim }: { command: TakeOverCommand; claim: { token: string; expiresAt: string } },
  actor: Actor,
  at: string,
): RecordedDecision {
  return recordRows(db, command, actor, (current) => buildTakeOver(current, { command, claim }, actor, at));
}

function recordRows(
  db: SqliteDatabase,
  command: Command,
  actor: Actor,
  build: (current: Case, seenVersion: number) => { next: Case; event: CaseEvent },
): RecordedDecision {
  return inTransaction(db, () => {
    const repeated = findRepeated(db, command, actor);
    if (repeated !== null) return repeated;
    const current = findCaseRow(db, command.caseId);
    if (current === null) throw new NotFound('没有这条线索。');
    const version = 'version' in command ? findSeenVersion(db, current, command.version) : current.version;
    const { next, event } = build(current, version);
    if (!updateCase(db, next, current.version)) throw new Conflict('这条线索已有更新，请重新打开后再处理。');
    insertEvent(db, event, sealCommand(command, actor));
    insertNote(db, event, next, command.note);
    if (next.accessClass !== current.accessClass) reclassify(db, next);
    followCase(db, { before: current, after: next, cause: event });
    if ('kind' in command && command.kind === 'hand-over') insertSlip(db, next, command, actor, event.at);
    insertAudit(db, buildDecisionAudit(event, actor));
    insertOutbox(db, buildDecisionOutbox(event));
    return { case: noteEarlierReply(db, next, event), event, repeated: false };
  });
}

/** The version that the person may be taken to have seen. */
export function findSeenVersion(db: SqliteDatabase, current: Case, version: number): number {
  if (version === current.version) return version;
  return seenVersion(current, version, listEventsSince(db, current.id, version));
}

function listEventsSince(db: SqliteDatabase, caseId: string, version: number): CaseEvent[] {
  const rows = statement(
    db,
    'SELECT * FROM case_events WHERE case_id = ? AND case_version > ? ORDER BY case_version',
  ).all(caseId, version);
  return rows.map(parseEvent);
}

/** @throws Conflict when another command has the id */
export function findRepeated(db: SqliteDatabase, command: Command, actor: Actor): RecordedDecision | null {
  const found = findEventWithSeal(db, command.commandId);
  if (found === null) return null;
  const current = findCaseRow(db, found.event.caseId);
  if (current === null || found.seal === null || !isSameCommand(found.seal, command, actor)) {
    throw new Conflict('同一编号的操作已经记录过，内容不同。');
  }
  return { case: current, event: found.event, repeated: true };
}

export function insertNote(db: SqliteDatabase, event: CaseEvent, next: Case, note: string | null): void {
  const earliest = statement<[string], { expires_at: string | null }>(
    db,
    `SELECT min(t.expires_at) AS expires_at FROM post_texts t JOIN case_posts p ON p.post_id = t.post_id
       WHERE p.case_id = ?`,
  ).get(next.id);
  const built = buildNote(event, next, note, earliest?.expires_at ?? null);
  if (built === null) return;
  statement(
    db,
    'INSERT INTO case_notes VALUES (@eventId, @caseId, @note, @accessClass, @retentionClass, @expiresAt)',
  ).run(built);
}

/** The class goes wherever text of the case stands. A note never becomes more open again. */
function reclassify(db: SqliteDatabase, next: Case): void {
  reclassifyWritings(db, next);
  for (const postId of next.postIds) {
    statement(db, 'UPDATE posts SET access_class = ? WHERE id = ?').run(next.accessClass, postId);
    statement(db, 'UPDATE post_texts SET access_class = ? WHERE post_id = ?').run(next.accessClass, postId);
    statement(
      db,
      'UPDATE post_index SET access_class = ? WHERE rowid = (SELECT seq FROM posts WHERE id = ?)',
    ).run(next.accessClass, postId);
    if (next.accessClass === 'safety') deleteFingerprint(db, findSeq(db, postId));
  }
}
