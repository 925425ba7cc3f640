import type { AccessClass } from '../domain/access-class.ts';
import type { ExplainLive, LiveFinding, LiveMatch, LiveResult, MetItem } from '../domain/live-match.ts';
import type { Page, PageRequest } from './page.ts';

/** An item that waits for a look. */
export interface DueItem extends MetItem {
  metAt: string;
  /** Grows whenever it becomes due: what is noted during a look is not lost by its end. */
  mark: number;
}

export interface LiveQuery extends PageRequest {
  /** Filtered before anything is listed or counted. */
  channelIds: 'all' | readonly string[];
  accessClasses: readonly AccessClass[];
  /** Null for all. */
  results: readonly LiveResult[] | null;
  /** Those alone that still ask for an answer. */
  openOnly: boolean;
}

/** Own items that wait for a look. */
interface LiveItems {
  /** Due at once where it is new or says otherwise than before; the same again changes nothing. */
  noteItems(items: readonly MetItem[], at: string): Promise<void>;

  /** Longest due first. */
  listDue(now: string, limit: number): Promise<DueItem[]>;

  /** Not to be looked at before `until`. */
  defer(item: Pick<DueItem, 'postId' | 'mark'>, until: string): Promise<void>;

  /**
   * Of the channels, met or published since; with one of the addresses (as `normaliseLink` writes them); or found to go with the
   * draft. All due again. @returns how many
   */
  wake(
    which: { draftId: string; channelIds: readonly string[]; since: string; addresses: readonly string[] },
    at: string,
  ): Promise<number>;

  /** Those alone. */
  wakeItems(postIds: readonly string[], at: string): Promise<void>;

  /** The item, or the record of what was missing, is no more: nothing waits for it. */
  forget(id: string): Promise<void>;

  /** Up to where changes of drafts were followed; null at the beginning. */
  readCursor(): Promise<string | null>;
  writeCursor(changedAt: string): Promise<void>;
}

/** What was found out about each. */
interface LiveMatches {
  /**
   * What one look found. The record of an item takes the place of the one that said it was missing. Told again, it changes nothing
   * but the time of the look.
   * @param mark of the item that was looked at; null for what was not found
   */
  record(finding: LiveFinding, mark: number | null, at: string): Promise<LiveMatch>;

  find(id: string): Promise<LiveMatch | null>;
  listOfDraft(draftId: string): Promise<LiveMatch[]>;
  /** By address, as `normaliseLink` writes it: the item's record, or only its id. */
  findByAddress(address: string): Promise<{ postId: string; match: LiveMatch | null }[]>;

  /** Last changed first. */
  list(query: LiveQuery): Promise<Page<LiveMatch>>;
  countOpen(query: Pick<LiveQuery, 'channelIds' | 'accessClasses'>): Promise<Record<LiveResult, number>>;

  /** One transaction with its audit entry. @throws NotFound, Conflict, InvalidInput */
  explain(command: ExplainLive, by: string, at: string): Promise<LiveMatch>;

  /** Records past their term. @returns how many */
  purge(now: string): Promise<number>;
}

/** 发后核查. */
export type LiveMatchStore = LiveItems & LiveMatches;
