import type { SiteChannel } from '../pipeline/domain/channel.ts';
import type { CrawlRun, LedgerPage } from '../pipeline/domain/crawl.ts';
import { describeForOperator } from '../pipeline/domain/failure-words.ts';
import { buildAllowance, type Crawl, type CrawlDeps } from './crawl.ts';
import { fetchPages } from './fetch/page-fetcher.ts';
import { Frontier } from './frontier.ts';
import { ledgerKey } from './ledger.ts';
import { visitPage } from './visit-page.ts';

const pagesBetweenUpdates = 20;
const pagesPerHost = 2;
const maxConcurrency = 6;

export interface CrawlOptions {
  signal?: AbortSignal;
  /** After each page. */
  onPage?: (run: Readonly<CrawlRun>, url: string) => void;
}

function newRun(deps: CrawlDeps, channel: SiteChannel): CrawlRun {
  return {
    id: deps.clock.newId(),
    channelId: channel.id,
    state: 'running',
    startedAt: deps.clock.now(),
    endedAt: null,
    fetched: 0,
    unchanged: 0,
    parsed: 0,
    created: 0,
    edited: 0,
    failed: 0,
    refused: 0,
    unknown: 0,
    gone: 0,
    note: null,
  };
}

/** Start pages are read in every run, whatever became of them in the one before. */
async function wakeStartPages({ deps, channel, run }: Crawl): Promise<void> {
  const { ledger } = deps.stores;
  const urls = [...new Set(channel.startUrls.map(ledgerKey))];
  const pages = urls.map((url) => ({ url, role: 'home' as const, pageNumber: 0 }));
  await ledger.discover(channel.id, pages, run.startedAt);
  for (const url of urls) {
    const known = await ledger.findPage(channel.id, url);
    if (known === null || known.dueAt <= run.startedAt) continue;
    const { channelId: _, url: __, role: ___, pageNumber: ____, ...kept } = known;
    await ledger.settle(channel.id, url, { ...kept, dueAt: run.startedAt });
  }
}

/** Why a run did not go through, in one sentence; null when it did. */
function noteOf({ run, frontier, firstFailure }: Crawl): string | null {
  const putOff = frontier.describePutOff();
  if (putOff !== null) return putOff;
  const gotNothing = run.parsed === 0 && run.unchanged === 0 && run.gone === 0;
  return gotNothing && firstFailure !== null ? `nothing could be read: ${firstFailure}` : null;
}

function describeStop({ reason }: AbortSignal): string {
  const why = reason instanceof Error ? reason.message : 'stopped by hand';
  return `${why}; what was not fetched stays due`;
}

async function crawlDuePages(crawl: Crawl, onPage: NonNullable<CrawlOptions['onPage']>): Promise<void> {
  const { deps, channel, run, frontier } = crawl;
  let pages = 0;
  await fetchPages<LedgerPage>({
    egress: deps.egress,
    allowance: crawl.allowance,
    concurrency: Math.min(channel.allow.length * pagesPerHost, maxConcurrency),
    signal: crawl.signal,
    next: () => frontier.next(),
    handle: async (page, result) => {
      await visitPage(crawl, page, result);
      pages += 1;
      if (pages % pagesBetweenUpdates === 0) await deps.stores.ledger.updateRun(run);
      onPage(run, page.url);
    },
  });
}

/**
 * One run over one site: everything that is due now, and what is found on the way. A page's failure is written to the
 * ledger; the note of the run says why it did not go through. Kill it at any point and run it again: nothing is lost or
 * stored twice.
 * @throws what a store throws (disk full, database locked); the run is then left as `interrupted`, its pages due
 */
export async function runCrawl(
  deps: CrawlDeps,
  channel: SiteChannel,
  options: CrawlOptions = {},
): Promise<CrawlRun> {
  const { ledger } = deps.stores;
  const crawl: Crawl = {
    deps,
    channel,
    allowance: buildAllowance(channel),
    run: newRun(deps, channel),
    frontier: new Frontier(ledger, deps.clock, channel.id),
    signal: options.signal ?? new AbortController().signal,
    rowsBefore: new Map(),
    firstFailure: null,
  };
  const { run } = crawl;
  await ledger.closeInterruptedRuns(channel.id, run.startedAt);
  await ledger.startRun(run);
  try {
    await wakeStartPages(crawl);
    await crawlDuePages(crawl, options.onPage ?? (() => {}));
  } catch (error) {
    const reason = describeForOperator(error);
    const broken: CrawlRun = { ...run, state: 'interrupted', endedAt: deps.clock.now(), note: reason };
    // The store that failed may refuse this too; then the next run closes the record.
    await ledger.updateRun(broken).catch(() => {});
    throw error;
  }
  run.state = crawl.signal.aborted ? 'stopped' : 'finished';
  run.endedAt = deps.clock.now();
  run.note = crawl.signal.aborted ? describeStop(crawl.signal) : noteOf(crawl);
  await ledger.updateRun(run);
  return run;
}
