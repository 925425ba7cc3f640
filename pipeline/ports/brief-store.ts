import type { Brief, BriefHand, BriefKind, BriefState } from '../domain/brief.ts';
import type { BriefEvent, MoveBrief, NewBrief, SaveBriefWords } from '../domain/brief-life.ts';
import type { Page, PageRequest } from './page.ts';

/** A brief in a list. */
export type BriefLine = Omit<Brief, 'facts' | 'words'>;

export interface RecordedBrief {
  brief: Brief;
  /** True when this very command had been recorded before: nothing was written now. */
  repeated: boolean;
}

export interface BriefQuery extends PageRequest {
  /** Filtered before anything is listed. */
  states: readonly BriefState[];
  kinds: readonly BriefKind[];
}

/**
 * 早报 日报 周报 月报 专报. Each write is one transaction: the brief (compare-and-swap on the version), its event, the audit entry. What was
 * counted never changes once written, words no more once submitted.
 */
export interface BriefStore {
  /**
   * With the frozen ids under its numbers. The same command again returns the brief.
   * @param hand null for the machine
   * @returns null where a brief of this `scheduleKey` stands already, whatever became of it
   * @throws Conflict for other content under the same id; a person's, too, where another issue of its period is in force
   */
  create(command: NewBrief, hand: BriefHand | null, at: string): Promise<RecordedBrief | null>;

  /** As domain/brief-life.ts says. @throws NotFound, Conflict, InvalidInput; then nothing was written */
  saveWords(command: SaveBriefWords, hand: BriefHand, at: string): Promise<RecordedBrief>;

  /**
   * As domain/brief-life.ts says. An approval takes the next number of its kind and Shanghai year, without a gap, and puts the issue
   * that this one replaces out of force; beside another one of its period none is submitted or approved, and of two at once one is. @throws NotFound, NotPermitted, Conflict, InvalidInput; then nothing was written
   */
  move(
    command: MoveBrief,
    hand: BriefHand,
    known: { at: string; mayApprove: boolean },
  ): Promise<RecordedBrief>;

  find(id: string): Promise<Brief | null>;

  /** Of these keys, those under which a brief was made. */
  findScheduled(scheduleKeys: readonly string[]): Promise<string[]>;

  /** Newest first. */
  list(query: BriefQuery): Promise<Page<BriefLine>>;

  /** In the order they were made. */
  listEvents(id: string): Promise<BriefEvent[]>;

  /** The ids under a number as they were frozen, sorted, `mostFrozenIds` at most. Null for a number that is none. */
  readEvidence(id: string, numberId: string): Promise<string[] | null>;
}
