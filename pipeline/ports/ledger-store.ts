import type { CrawlRun, LedgerPage, PageRole } from '../domain/crawl.ts';
import type { CompletenessLedger } from './completeness-ledger.ts';

export interface DiscoveredPage {
  url: string;
  role: PageRole;
  pageNumber: number;
  /** 0 (unless told) to 9. */
  priority?: number;
}

export type PageOutcome = Omit<LedgerPage, 'channelId' | 'url' | 'role' | 'pageNumber'>;

export interface LedgerStore extends CompletenessLedger {
  /** Adds those not yet known, due at once; a known one keeps its role, page number, priority and state. @returns how many were new */
  discover(channelId: string, pages: readonly DiscoveredPage[], at: string): Promise<number>;

  /**
   * Pages with `dueAt` not after `now`, in whatever state: homes, then lists, then all others; within a rank those of higher
   * priority first, then by due time, then by address.
   */
  listDue(channelId: string, now: string, limit: number): Promise<LedgerPage[]>;

  findPage(channelId: string, url: string): Promise<LedgerPage | null>;

  /**
   * What came of a fetch. `error` is cut at `ledgerErrorLength`. A page that becomes an `unknown-page` is told to its keeper: an
   * outbox entry `page.changed` in the same transaction. @throws NotFound for a page that was never discovered
   */
  settle(channelId: string, url: string, outcome: PageOutcome): Promise<void>;

  /** Pages in one of the states: what the keeper must look at. Newest fetch first, those never fetched last. */
  listPages(channelId: string, states: readonly LedgerPage['state'][], limit: number): Promise<LedgerPage[]>;

  /** First pages of lists on which nothing newer than `before` was seen; the oldest first. */
  listStaleLists(channelId: string, before: string, limit: number): Promise<LedgerPage[]>;

  /** Starting the same again is harmless. */
  startRun(run: CrawlRun): Promise<void>;
  /** @throws NotFound for a run that was never started */
  updateRun(run: CrawlRun): Promise<void>;
  /** Newest first. */
  listRuns(channelId: string, limit: number): Promise<CrawlRun[]>;
  /** Runs that a killed process left as `running` become `interrupted`. */
  closeInterruptedRuns(channelId: string, at: string): Promise<number>;
}
