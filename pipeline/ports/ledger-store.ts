import type { CrawlRun, LedgerPage, PageRole } from '../domain/crawl.ts';

export interface DiscoveredPage {
  url: string;
  role: PageRole;
  pageNumber: number;
}

export type PageOutcome = Omit<LedgerPage, 'channelId' | 'url' | 'role' | 'pageNumber'>;

export interface LedgerStore {
  /** Adds those not yet known, due at once; a known one keeps its state. @returns how many were new */
  discover(channelId: string, pages: readonly DiscoveredPage[], at: string): Promise<number>;

  /** Pages due at `now`: homes, then lists, then articles; within a role by due time. */
  listDue(channelId: string, now: string, limit: number): Promise<LedgerPage[]>;

  findPage(channelId: string, url: string): Promise<LedgerPage | null>;

  /** What came of a fetch. */
  settle(channelId: string, url: string, outcome: PageOutcome): Promise<void>;

  /** Pages in one of the states: what the keeper must look at. Newest fetch first. */
  listPages(channelId: string, states: readonly LedgerPage['state'][], limit: number): Promise<LedgerPage[]>;

  startRun(run: CrawlRun): Promise<void>;
  updateRun(run: CrawlRun): Promise<void>;
  /** Newest first. */
  listRuns(channelId: string, limit: number): Promise<CrawlRun[]>;
  /** Runs that a killed process left as `running` become `interrupted`. */
  closeInterruptedRuns(channelId: string, at: string): Promise<number>;
}
