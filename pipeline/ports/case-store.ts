import type { AccessClass } from '../domain/access-class.ts';
import type { Actor, Case, CaseEvent, CaseState } from '../domain/case.ts';
import type { NoteCommand } from '../domain/case-note.ts';
import type { QueueName } from '../domain/category.ts';
import type { CloseCommand } from '../domain/closing.ts';
import type { DecisionCommand, UndoCommand } from '../domain/decision.ts';
import type { ReopenCommand } from '../domain/reopening.ts';
import type { SplitCommand } from '../domain/split.ts';
import type { TakeOverCommand } from '../domain/take-over.ts';
import type { Page, PageRequest } from './page.ts';

/** Filtered by access class before anything is counted or listed. An empty list sees nothing. */
export interface CaseVisibility {
  accessClasses: readonly AccessClass[];
}

export interface QueueQuery extends CaseVisibility, PageRequest {
  queue: QueueName;
  states: readonly CaseState[];
  /** Only those with a deadline, soonest first: `overdue` before `now`, `near` from now until `until`. */
  due?: { kind: 'overdue' | 'near'; now: string; until: string };
}

export interface RecordedDecision {
  case: Case;
  event: CaseEvent;
  /** True when this very command had been recorded before: nothing was written now. */
  repeated: boolean;
}

/** `partedCaseId`: the case in which the copy waits. */
export type RecordedSplit = RecordedDecision & { partedCaseId: string };

/** A case event with its note, while the note lives. */
export interface CaseEventWithNote extends CaseEvent {
  note: string | null;
}

export interface CaseStore {
  /** Riskiest first: life safety, then risk score, then oldest, then id; with `due`, soonest first, then id. */
  listQueue(query: QueueQuery): Promise<Page<Case>>;

  /** Undecided cases per queue. */
  countQueues(visibility: CaseVisibility): Promise<Record<QueueName, number>>;

  findCase(caseId: string, visibility: CaseVisibility): Promise<Case | null>;

  /** When a case was referred to `safety`: all that others may see of it. Null for any other case. */
  findReferral(caseId: string): Promise<{ referredAt: string } | null>;

  /** Oldest first. Notes that have expired, and notes older than a referral (R19), are null. */
  listEvents(caseId: string, visibility: CaseVisibility): Promise<CaseEventWithNote[]>;

  /**
   * Takes the lease or renews one's own. Does not change `version`.
   * @throws Conflict while another one holds it, and for what is decided; NotFound outside the visibility
   */
  claimCase(
    claim: { caseId: string; actorId: string; token: string; at: string; expiresAt: string } & CaseVisibility,
  ): Promise<Case>;

  /** Frees the lease if the token still holds it; otherwise does nothing. */
  releaseClaim(caseId: string, token: string): Promise<void>;

  /**
   * In one transaction: case state (compare-and-swap on `version`), decision event, note, audit entry, outbox entry; on a
   * change of access class its posts, texts and index entries too.
   * Deciding to answer what our own account has answered already tells so in an event of its own.
   * Repeating the same command returns what was recorded; the same `commandId` with other content is a Conflict.
   * A version since which only near copies have joined, our own reply was seen, notes were made or the claim was taken over, is as
   * good as the newest.
   * @throws NotFound, Conflict, NotPermitted, InvalidInput (domain/decision.ts); then nothing was written
   */
  recordDecision(command: DecisionCommand, actor: Actor, at: string): Promise<RecordedDecision>;

  /** As `recordDecision`, for taking the decision that holds back. */
  recordUndo(command: UndoCommand, actor: Actor, at: string): Promise<RecordedDecision>;

  /** As `recordDecision`, for closing what was decided to be answered. Taking that decision back opens it again. */
  recordClose(command: CloseCommand, actor: Actor, at: string): Promise<RecordedDecision>;

  /** As `recordDecision`, for bringing back what was decided, answered or closed. No decision holds then. */
  recordReopening(command: ReopenCommand, actor: Actor, at: string): Promise<RecordedDecision>;

  /** As `recordDecision`, for a note alone: on whatever version, whoever holds the case. */
  recordNote(command: NoteCommand, actor: Actor, at: string): Promise<RecordedDecision>;

  /** As `recordDecision`, for taking the claim of another person. */
  recordTakeOver(
    asked: { command: TakeOverCommand; claim: { token: string; expiresAt: string } },
    actor: Actor,
    at: string,
  ): Promise<RecordedDecision>;

  /**
   * As `recordDecision`, for parting a near copy from a case: it waits in a case of its own, `previousCaseId` of which is this
   * one, and never joins this one again.
   */
  recordSplit(command: SplitCommand, actor: Actor, at: string): Promise<RecordedSplit>;
}
