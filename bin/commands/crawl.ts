import { setTimeout as sleepFor } from 'node:timers/promises';
import { Command } from 'commander';
import { type CrawlContext as CrawlingContext, closeCrawlDeps, openCrawlDeps } from '../../crawlers/main.ts';
import { keepCrawling, leaseMs, runLeased, type ScheduleDeps } from '../../crawlers/schedule.ts';
import type { Channel, CrawledChannel } from '../../pipeline/domain/channel.ts';
import type { CrawlRun } from '../../pipeline/domain/crawl.ts';
import { isCrawled } from '../../pipeline/domain/crawled.ts';
import { Conflict, InvalidInput } from '../../pipeline/domain/errors.ts';
import { type StopWatch, watchStopSignals } from '../stop-signals.ts';

export interface CrawlContext extends Omit<ScheduleDeps, 'egress' | 'openAccess'>, CrawlingContext {
  /** Names this process in the leases. */
  owner: string;
  close(): Promise<void>;
}

const progressEveryMs = 500;
const runsAtATime = 3;

/** @throws InvalidInput that names the known channels */
export function chooseChannels(channels: readonly Channel[], id: string | undefined): CrawledChannel[] {
  const crawled = channels.filter(isCrawled);
  if (id === undefined) {
    if (crawled.length > 0) return crawled;
    throw new InvalidInput(
      'channels',
      'no channel is on trial or live: nothing to crawl',
      'see config/channels.yaml',
    );
  }
  const named = channels.find((channel) => channel.id === id);
  if (named === undefined) {
    const known = channels.map((channel) => channel.id).join(', ') || 'none';
    throw new InvalidInput('--channel', `there is no channel ${id}; known: ${known}`);
  }
  if (named.kind === 'manual') {
    throw new InvalidInput('--channel', `channel ${id} is not crawled: it is registered for review only`);
  }
  const { state } = named;
  if (!isCrawled(named)) {
    throw new InvalidInput(
      '--channel',
      `channel ${id} is not crawled: its state is ${state}`,
      'set it to trial or live',
    );
  }
  return [named];
}

function watchProgress(): (run: Readonly<CrawlRun>) => void {
  let shownAt = 0;
  return ({ channelId, fetched, created, failed }) => {
    const now = performance.now();
    if (now - shownAt < progressEveryMs) return;
    shownAt = now;
    process.stderr.write(`\r\x1b[K${channelId}: ${fetched} fetched, ${created} new, ${failed} failed`);
  };
}

/**
 * Waits for a lease that a killed crawl has left behind.
 * @returns null when told to stop meanwhile
 * @throws Conflict when somebody really is crawling
 */
async function runWhenFree(deps: ScheduleDeps, channel: CrawledChannel, owner: string, signal: AbortSignal) {
  const isWatched = process.stderr.isTTY === true;
  const options = { signal, ...(isWatched ? { onPage: watchProgress() } : {}) };
  const deadline = performance.now() + leaseMs + 2_000;
  for (let isTold = false; ; isTold = true) {
    const run = await runLeased(deps, channel, owner, options);
    if (run !== null) return run;
    if (signal.aborted) return null;
    if (performance.now() > deadline) {
      throw new Conflict(`channel ${channel.id} is being crawled by another process`);
    }
    if (!isTold) process.stderr.write(`guanlan crawl: waiting for another crawl of ${channel.id} to end\n`);
    await sleepFor(1_000, undefined, { signal }).catch(() => {});
  }
}

const troublesTold = 20;

/** Which pages did not go through, and why: what the counts of a run only number. */
async function tellTroubles({ stores }: ScheduleDeps, run: CrawlRun): Promise<void> {
  const states = ['failed', 'refused', 'unknown-page', 'due'] as const;
  const pages = await stores.ledger.listPages(run.channelId, states, troublesTold * 2);
  const recent = pages.filter(({ error, fetchedAt }) => error !== null && (fetchedAt ?? '') >= run.startedAt);
  for (const { url, error } of recent.slice(0, troublesTold)) {
    process.stderr.write(`guanlan crawl: ${run.channelId}: ${url}: ${error}\n`);
  }
  if (recent.length > troublesTold) process.stderr.write(`guanlan crawl: ${run.channelId}: … and more\n`);
}

/** @returns how many runs did not go through */
async function crawlOnce(deps: ScheduleDeps, channels: CrawledChannel[], owner: string, signal: AbortSignal) {
  const waiting = [...channels];
  let failures = 0;
  const work = async (): Promise<void> => {
    for (let channel = waiting.shift(); channel !== undefined; channel = waiting.shift()) {
      if (signal.aborted) return;
      const run = await runWhenFree(deps, channel, owner, signal);
      if (run === null) return;
      if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
      process.stdout.write(`${JSON.stringify(run)}\n`);
      await tellTroubles(deps, run);
      if (run.nextStep !== null)
        process.stderr.write(`guanlan crawl: ${run.channelId}: next step: ${run.nextStep}\n`);
      if (run.note === null || run.state === 'stopped') continue;
      failures += 1;
      process.stderr.write(`guanlan crawl: ${run.channelId}: ${run.note}\n`);
    }
  };
  // Whoever fails first must not take the stores from the others' runs.
  const ends = await Promise.allSettled(Array.from({ length: runsAtATime }, work));
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  return failures;
}

export interface CrawlHooks<C> {
  /** What is to be done with the gathered posts before the context is closed (judging, in one process). */
  afterOnce?(context: C): Promise<void>;
  /** Where crawling on schedule is a service of its own: runs it until a supervisor asks to end. */
  serve?(): Promise<void>;
}

/** `guanlan crawl`: the channels' runs on their schedule, or with `--once` each channel's run now, one JSON line a run. */
export function buildCrawlCommand<C extends CrawlContext>(
  openContext: () => Promise<C>,
  { afterOnce, serve }: CrawlHooks<C> = {},
): Command {
  return new Command('crawl')
    .description('read the registered channels; with --once each of them once, one JSON line a run on stdout')
    .option('--channel <id>', 'this channel only')
    .option('--once', 'until nothing is due, then end')
    .action(async ({ channel: id, once }: { channel?: string; once?: boolean }) => {
      if (once !== true && id === undefined && serve !== undefined) return serve();
      const stop = watchStopSignals();
      try {
        const context = await openContext();
        const deps = openCrawlDeps(context);
        try {
          const channels = chooseChannels((await context.stores.settings.read()).channels, id);
          if (!once) return await keepCrawling(deps, context.owner, stop.signal, id ?? null);
          const failures = await crawlOnce(deps, channels, context.owner, stop.signal);
          if (stop.signal.aborted) return endInterrupted(stop);
          if (failures > 0) process.exitCode = 1;
          await afterOnce?.(context);
        } finally {
          await closeCrawlDeps(deps);
          await context.close();
        }
      } finally {
        stop.release();
      }
    });
}

/** Who crawls on schedule has no other end; a single crawl was cut off. */
function endInterrupted(stop: StopWatch): void {
  process.stderr.write('guanlan crawl: interrupted; what was not fetched stays due\n');
  process.exitCode = stop.exitCode() ?? 0;
}
