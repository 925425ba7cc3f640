import type { CrawledChannel, SiteChannel, SourceChannel } from '../pipeline/domain/channel.ts';
import type { CrawlRun } from '../pipeline/domain/crawl.ts';
import { describeForOperator } from '../pipeline/domain/failure-words.ts';
import { buildSiteAllowance, type Crawl, type CrawlDeps } from './crawl.ts';
import { crawlSite } from './crawl-site.ts';
import { crawlSource } from './crawl-source.ts';
import { Frontier } from './frontier.ts';
import { countListsInArrears } from './lists-in-arrears.ts';
import { platformAllowance } from './platforms.ts';
import type { Source } from './source.ts';
import { sourceOf } from './sources/index.ts';

export interface CrawlOptions {
  signal?: AbortSignal;
  /** After each page. */
  onPage?: (run: Readonly<CrawlRun>, url: string) => void;
}

function newRun(deps: CrawlDeps, channel: CrawledChannel): CrawlRun {
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
    objected: 0,
    credential: 'none-needed',
    outcome: null,
    reachedBack: null,
    newestItemAt: null,
    retryAt: null,
    nextStep: null,
    note: null,
  };
}

/** Why a run did not go through, in one sentence; null when it did. */
function noteOf({ run, frontier, firstFailure, halt, notice }: Crawl): string | null {
  if (halt !== null) return halt.note;
  const putOff = frontier.describePutOff();
  if (putOff !== null) return putOff;
  return gotNothing(run) && firstFailure !== null ? `nothing could be read: ${firstFailure}` : notice;
}

function gotNothing({ parsed, unchanged, gone }: CrawlRun): boolean {
  return parsed === 0 && unchanged === 0 && gone === 0;
}

/** `complete` only where every list was read back to what is known, and no page failed on the way. */
function outcomeOf(crawl: Crawl): CrawlRun['outcome'] {
  const { run, frontier, halt } = crawl;
  if (halt !== null) return halt.outcome;
  const troubled = run.failed + run.unknown > 0 || frontier.describePutOff() !== null;
  if (gotNothing(run) && (troubled || run.refused > 0)) return troubled ? 'failed' : 'refused';
  return run.reachedBack === true && !troubled ? 'complete' : 'partial';
}

function describeStop({ reason }: AbortSignal): string {
  const why = reason instanceof Error ? reason.message : 'stopped by hand';
  return `${why}; what was not fetched stays due`;
}

/** Every list was read, or read back to what is known: none failed, none waits, and no host was given up. */
async function hasReachedBack(crawl: Crawl): Promise<boolean> {
  const { signal, lists, halt, frontier } = crawl;
  if (signal.aborted || halt !== null || lists.read === 0) return false;
  const waiting = await countListsInArrears(crawl);
  if (waiting > 0) crawl.notice ??= `${waiting} lists that failed before wait for their next try`;
  return lists.broken + waiting === 0 && frontier.describePutOff() === null;
}

async function closeRun(crawl: Crawl): Promise<void> {
  const { run, signal } = crawl;
  run.reachedBack = await hasReachedBack(crawl);
  run.state = signal.aborted ? 'stopped' : 'finished';
  run.endedAt = crawl.deps.clock.now();
  run.outcome = signal.aborted ? 'partial' : outcomeOf(crawl);
  run.nextStep = crawl.halt?.nextStep ?? null;
  run.note = signal.aborted ? describeStop(signal) : noteOf(crawl);
}

function isOfSite(crawl: Crawl): crawl is Crawl<SiteChannel> {
  return crawl.channel.kind === 'site';
}

function isOfPlatform(crawl: Crawl): crawl is Crawl<SourceChannel> {
  return crawl.channel.kind !== 'site';
}

function findSource(deps: CrawlDeps, channel: SourceChannel): Source<SourceChannel> {
  return (deps.sourceOf ?? sourceOf)(channel);
}

function openCrawl(deps: CrawlDeps, channel: CrawledChannel, options: CrawlOptions): Crawl {
  return {
    deps,
    channel,
    allowance:
      channel.kind === 'site'
        ? buildSiteAllowance(channel)
        : platformAllowance(findSource(deps, channel).buildAllowance(channel), deps.platforms),
    run: newRun(deps, channel),
    frontier: new Frontier(deps.stores.ledger, deps.clock, channel.id),
    signal: options.signal ?? new AbortController().signal,
    rowsBefore: new Map(),
    firstFailure: null,
    lists: { read: 0, broken: 0 },
    halt: null,
    notice: null,
  };
}

/**
 * One run over one channel: everything that is due now, and what is found on the way. A page's failure is written to the
 * ledger; the note of the run says why it did not go through, and its outcome whether something may be missing. Kill it at any
 * point and run it again: nothing is lost or stored twice.
 * @throws what a store throws (disk full, database locked); the run is then left as `interrupted`, its pages due
 */
export async function runCrawl(
  deps: CrawlDeps,
  channel: CrawledChannel,
  options: CrawlOptions = {},
): Promise<CrawlRun> {
  const { ledger } = deps.stores;
  const crawl = openCrawl(deps, channel, options);
  const { run } = crawl;
  await ledger.closeInterruptedRuns(channel.id, run.startedAt);
  await ledger.startRun(run);
  const onPage = options.onPage ?? (() => {});
  try {
    if (isOfSite(crawl)) await crawlSite(crawl, onPage);
    else if (isOfPlatform(crawl)) await crawlSource(crawl, findSource(deps, crawl.channel), onPage);
  } catch (error) {
    const reason = describeForOperator(error);
    const broken: CrawlRun = { ...run, state: 'interrupted', endedAt: deps.clock.now(), note: reason };
    // The store that failed may refuse this too; then the next run closes the record.
    await ledger.updateRun(broken).catch(() => {});
    throw error;
  }
  await closeRun(crawl);
  await ledger.updateRun(run);
  return run;
}
