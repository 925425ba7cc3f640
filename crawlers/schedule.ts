import { createHash } from 'node:crypto';
import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Credentials } from '../pipeline/commands/credentials.ts';
import { withLease } from '../pipeline/commands/with-lease.ts';
import { nextRun, runsNeeded } from '../pipeline/domain/cadence.ts';
import type { CrawledChannel } from '../pipeline/domain/channel.ts';
import type { CrawlRun } from '../pipeline/domain/crawl.ts';
import { findSavedAt, isCrawled } from '../pipeline/domain/crawled.ts';
import { describeForOperator } from '../pipeline/domain/failure-words.ts';
import type { Metrics } from '../pipeline/ports/metrics.ts';
import { openBackPressure } from './back-pressure.ts';
import type { CrawlDeps } from './crawl.ts';
import { later } from './ledger.ts';
import { type CrawlOptions, runCrawl } from './run-crawl.ts';

/** What the schedule says about its work; pino's logger fits. Ids, counts and reasons only. */
interface CrawlLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface ScheduleDeps extends CrawlDeps {
  /** Without credentials, a channel that lacks one is asked about once a day. */
  credentials?: Credentials;
  logger: CrawlLogger;
  metrics?: Pick<Metrics, 'crawled'>;
  /** Posts that may wait for judgement before no new run is started. */
  maxWaiting?: number;
}

/** Short, so that a killed crawl can soon be run again; renewed three times as often. */
export const leaseMs = 30_000;
const tickMs = 5_000;
const maxRuns = 3;

/**
 * One run under the channel's lease, so that two processes never crawl the same channel; losing the lease stops the run.
 * @returns null while another process holds the lease
 */
export async function runLeased(
  deps: CrawlDeps,
  channel: CrawledChannel,
  owner: string,
  options: CrawlOptions & { signal: AbortSignal },
): Promise<CrawlRun | null> {
  const lease = { name: `crawl:${channel.id}`, owner, ttlMs: leaseMs, signal: options.signal };
  return withLease({ leases: deps.stores.leases, clock: deps.clock }, lease, (_lease, signal) =>
    runCrawl(deps, channel, { ...options, signal }),
  );
}

/** By the last run's id: channels do not all start in the same minute. */
function jitterOf(runId: string): number {
  return createHash('sha256').update(runId).digest().readUInt16BE(0) / 65_535;
}

/** A run that a killed process left behind still says `running`: the lease tells whether somebody is at it. */
async function readNextStart(
  { stores, credentials }: ScheduleDeps,
  channel: CrawledChannel,
): Promise<string> {
  const listed = await stores.ledger.listRuns(channel.id, runsNeeded);
  const runs = listed.map((run) =>
    run.state === 'running' ? { ...run, state: 'interrupted' as const } : run,
  );
  const known = (await credentials?.facts(channel.id)) ?? [];
  const credentialSavedAt = findSavedAt(channel, known);
  const jitter = jitterOf(runs[0]?.id ?? channel.id);
  return nextRun({ channel, runs, credentialSavedAt, jitter }).at;
}

/** Those whose run is due, the longest waiting first: there are fewer places than channels, and the first must not keep them. */
async function findDue(
  deps: ScheduleDeps,
  channels: readonly CrawledChannel[],
  onUnreadable: (channelId: string) => void,
): Promise<CrawledChannel[]> {
  const due: { channel: CrawledChannel; at: string }[] = [];
  for (const channel of channels) {
    try {
      const at = await readNextStart(deps, channel);
      if (at <= deps.clock.now()) due.push({ channel, at });
    } catch (error) {
      const reason = describeForOperator(error);
      const says = 'what is known of a channel could not be read; it is not crawled now';
      deps.logger.error({ channelId: channel.id, reason }, says);
      onUnreadable(channel.id);
    }
  }
  return due.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ channel }) => channel);
}

async function runScheduled(deps: ScheduleDeps, channel: CrawledChannel, owner: string, signal: AbortSignal) {
  const { logger } = deps;
  try {
    const run = await runLeased(deps, channel, owner, { signal });
    if (run === null) return;
    deps.metrics?.crawled(run);
    if (run.note !== null && run.state === 'finished') logger.warn(run, 'a crawl did not go through');
    else logger.info(run, 'a crawl has ended');
  } catch (error) {
    const reason = describeForOperator(error);
    logger.error({ channelId: channel.id, reason }, 'a crawl broke off; its pages stay due');
  }
}

/** A run that broke off is not started again at once: a full disk does not empty itself. */
const pauseAfterRunMs = 60_000;

/**
 * Gives every channel that is on trial or live its run when it is due, until aborted; then waits for the runs to stop. While
 * the judge is far behind, no run is started.
 * @param only one channel's id, or null for all
 */
export async function keepCrawling(
  deps: ScheduleDeps,
  owner: string,
  signal: AbortSignal,
  only: string | null = null,
): Promise<void> {
  const running = new Map<string, Promise<void>>();
  const notBefore = new Map<string, string>();
  const mustWait = openBackPressure(deps, deps.maxWaiting);
  const pause = (id: string) => notBefore.set(id, later(deps.clock.now(), pauseAfterRunMs));
  const mayStart = ({ id }: CrawledChannel) =>
    (only ?? id) === id && !running.has(id) && (notBefore.get(id) ?? '') <= deps.clock.now();
  const startDue = async (): Promise<void> => {
    if ((await mustWait()) || running.size >= maxRuns) return;
    const { channels } = await deps.stores.settings.read();
    for (const channel of await findDue(deps, channels.filter(isCrawled).filter(mayStart), pause)) {
      const { id } = channel;
      if (running.size >= maxRuns || signal.aborted) return;
      const ended = runScheduled(deps, channel, owner, signal).finally(() => {
        running.delete(id);
        pause(id);
      });
      running.set(id, ended);
    }
  };
  while (!signal.aborted) {
    await startDue().catch((error: unknown) => {
      const reason = describeForOperator(error);
      deps.logger.error({ reason }, 'the crawl schedule could not be read; tried again in a moment');
    });
    await sleepFor(tickMs, undefined, { signal }).catch(() => {});
  }
  await Promise.all(running.values());
}
