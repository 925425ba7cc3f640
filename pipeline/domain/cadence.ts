import { medianOf } from './baseline.ts';
import type { CrawledChannel } from './channel.ts';
import type { CrawlRun } from './crawl.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** So many of the newest runs say how busy a channel is. */
const runsWeighed = 6;
/** New items in one ordinary interval, from which a channel is read twice or four times as often. */
const busyFrom = { twice: 10, fourTimes: 40 } as const;
const leastIntervalMs = 5 * minuteMs;

/** A run that got nothing, or was cut off: often enough in a row, something is wrong that asking again does not mend. */
const breaksAfter = 3;
const longestBackOffMs = 6 * hourMs;

type RunReason = 'first' | 'cut-off' | 'cadence' | 'asked-to-wait' | 'breaker' | 'credential';

export interface NextRun {
  /** Not before. */
  at: string;
  why: RunReason;
}

/** What the schedule knows of a channel. */
export interface CadenceFacts {
  channel: CrawledChannel;
  /** Newest first, none of them running. */
  runs: readonly CrawlRun[];
  /** When a person gave the credential it needs; null where it needs none, there is none, or it is refused. */
  credentialSavedAt: string | null;
  /** 0 to 1: where in the tenth of the interval that is left to chance. */
  jitter: number;
}

const after = (instant: string, delayMs: number) => new Date(Date.parse(instant) + delayMs).toISOString();
const gotNothing = ({ state, outcome }: CrawlRun) =>
  state === 'interrupted' || outcome === 'failed' || outcome === 'refused';

/** How many runs in a row got nothing. */
export function countFailing(runs: readonly CrawlRun[]): number {
  const firstGood = runs.findIndex((run) => !gotNothing(run));
  return firstGood === -1 ? runs.length : firstGood;
}

/**
 * What a channel brings in one ordinary interval: the median of its last runs, each measured by the time since the one before, so
 * that neither a first crawl nor a short pause counts for more than it is.
 */
function newPerInterval(runs: readonly CrawlRun[], intervalMs: number): number {
  const weighed = runs.slice(0, runsWeighed).flatMap(({ created, startedAt }, index) => {
    const before = runs[index + 1];
    if (before === undefined) return [];
    const sinceMs = Math.max(minuteMs, Date.parse(startedAt) - Date.parse(before.startedAt));
    return [(created * intervalMs) / sinceMs];
  });
  return weighed.length < 3 ? 0 : medianOf(weighed);
}

/**
 * From one run's start to the next, in milliseconds: `everyMinutes`, and for a busy channel a half or a quarter of it, five minutes
 * at least. Never longer: windows count on a run in each. A channel whose calls are counted by the day stays at its pace.
 */
export function intervalOf(channel: CrawledChannel, runs: readonly CrawlRun[]): number {
  const intervalMs = channel.everyMinutes * minuteMs;
  if (channel.kind === 'weibo' && channel.door === 'open-platform') return intervalMs;
  const busy = newPerInterval(runs, intervalMs);
  const times = busy >= busyFrom.fourTimes ? 4 : busy >= busyFrom.twice ? 2 : 1;
  return Math.max(Math.min(intervalMs, leastIntervalMs), intervalMs / times);
}

function laterOf(next: NextRun, retryAt: string | null): NextRun {
  return retryAt !== null && retryAt > next.at ? { at: retryAt, why: 'asked-to-wait' } : next;
}

/**
 * When a channel may be read again. After a refused credential: when a new one is there, and once a day to see. After failures in a
 * row: each time twice as late, up to six hours; that one run is the probe which closes the breaker.
 */
export function nextRun({ channel, runs, credentialSavedAt, jitter }: CadenceFacts): NextRun {
  const [last] = runs;
  if (last === undefined) return { at: '', why: 'first' };
  if (last.outcome === 'credential') {
    const isNew = credentialSavedAt !== null && credentialSavedAt > last.startedAt;
    return { at: isNew ? credentialSavedAt : after(last.startedAt, dayMs), why: 'credential' };
  }
  const intervalMs = intervalOf(channel, runs);
  const failing = countFailing(runs);
  if (failing >= breaksAfter) {
    const backOffMs = intervalMs * 2 ** Math.min(failing - breaksAfter + 1, 10);
    const at = after(
      last.startedAt,
      Math.max(intervalMs, Math.min(backOffMs, longestBackOffMs)) * (1 + jitter / 10),
    );
    return laterOf({ at, why: 'breaker' }, last.retryAt);
  }
  if (last.state !== 'finished') return { at: last.startedAt, why: 'cut-off' };
  return laterOf({ at: after(last.startedAt, intervalMs * (1 + jitter / 10)), why: 'cadence' }, last.retryAt);
}

/** Until when a channel rests after failures in a row; null while it does not. */
export function breakerUntil(facts: Omit<CadenceFacts, 'jitter'>): string | null {
  const { at, why } = nextRun({ ...facts, jitter: 0 });
  return why === 'breaker' ? at : null;
}

/** Enough for every question here. */
export const runsNeeded = 16;
