import type { Objections } from '../pipeline/commands/objections.ts';
import type { CrawledChannel, SiteChannel, SourceChannel } from '../pipeline/domain/channel.ts';
import type { CrawlRun } from '../pipeline/domain/crawl.ts';
import type { FileReader } from '../pipeline/extract/file-reader.ts';
import type { Egress, EgressAllowance } from '../pipeline/ports/egress.ts';
import type { Ports, Stores } from '../pipeline/ports/index.ts';
import type { Access, OpenAccess } from './access.ts';
import type { Frontier } from './frontier.ts';
import type { Platforms, Source, SourceScope } from './source.ts';

export interface CrawlDeps extends Pick<Ports, 'blobs' | 'queue' | 'clock'> {
  stores: Pick<Stores, 'ledger' | 'posts' | 'settings' | 'leases' | 'rates' | 'live'>;
  egress: Egress;
  /** What reads the files that articles offer; absent, they are not looked at. */
  files?: FileReader;
  /** Only where a simulated platform stands in for the real one. */
  platforms?: Platforms;
  /** By what a channel is read; the built-in sources unless told. */
  sourceOf?: (channel: SourceChannel) => Source<SourceChannel>;
  /** Absent where there are no credentials: channels that need one then say so. */
  openAccess?: OpenAccess;
  /** Who has objected (R13). Absent where no list is kept: nobody has. */
  objections?: Pick<Objections, 'read'>;
}

/** Why a run went no further, and what a person must do about it. */
interface Halt {
  outcome: 'credential' | 'refused' | 'partial';
  note: string;
  nextStep: string | null;
}

/** One run over one channel, as its parts share it. `run` is counted up in place. */
export interface Crawl<C extends CrawledChannel = CrawledChannel> {
  deps: CrawlDeps;
  channel: C;
  allowance: EgressAllowance;
  run: CrawlRun;
  frontier: Frontier;
  signal: AbortSignal;
  /** Rows of the page that leads to a list page: a pager that repeats itself is left. */
  rowsBefore: Map<string, string>;
  /** The first failure in words, for the note of a run that got nothing. */
  firstFailure: string | null;
  /** Lists that were read, and those that could not be read, or not back to what is known. */
  lists: { read: number; broken: number };
  halt: Halt | null;
  /** What is left out by order, and why; the run is none the worse for it. */
  notice: string | null;
}

/** A channel that is read by calls, one after the other: homes and lists first, then by priority. */
export interface SourceCrawl {
  crawl: Crawl<SourceChannel>;
  source: Source<SourceChannel>;
  scope: SourceScope<SourceChannel>;
  /** Null where the source needs no credential. */
  access: Access | null;
}

export function buildSiteAllowance(channel: SiteChannel): EgressAllowance {
  const { allow, privateAddress, requestsPerMinute } = channel;
  return { hosts: allow, privateAddress, requestsPerMinute };
}
