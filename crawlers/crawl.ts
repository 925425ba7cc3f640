import type { SiteChannel } from '../pipeline/domain/channel.ts';
import type { CrawlRun } from '../pipeline/domain/crawl.ts';
import type { Egress, EgressAllowance } from '../pipeline/ports/egress.ts';
import type { Ports, Stores } from '../pipeline/ports/index.ts';
import type { Frontier } from './frontier.ts';

export interface CrawlDeps extends Pick<Ports, 'blobs' | 'queue' | 'clock'> {
  stores: Pick<Stores, 'ledger' | 'posts' | 'settings' | 'leases' | 'rates'>;
  egress: Egress;
}

/** One run over one channel, as its parts share it. `run` is counted up in place. */
export interface Crawl {
  deps: CrawlDeps;
  channel: SiteChannel;
  allowance: EgressAllowance;
  run: CrawlRun;
  frontier: Frontier;
  signal: AbortSignal;
  /** Rows of the page that leads to a list page: a pager that repeats itself is left. */
  rowsBefore: Map<string, string>;
  /** The first failure in words, for the note of a run that got nothing. */
  firstFailure: string | null;
}

export function buildAllowance(channel: SiteChannel): EgressAllowance {
  const { allow, privateAddress, requestsPerMinute } = channel;
  return { hosts: allow, privateAddress, requestsPerMinute };
}
