import { z } from 'zod';
import { type CrawlRun, RunOutcome } from './crawl.ts';
import { CredentialStanding } from './credential.ts';
import { Instant } from './time.ts';

/** `open`: not over yet, or nothing is known of it so far. `filled`: a gap that a later run, or a person, has made good. */
const WindowState = z.enum(['open', 'complete', 'quiet', 'gap', 'filled']);

export const GapCause = z.enum([
  'no-run',
  'failed',
  'refused',
  'credential',
  'page-changed',
  'not-read-back',
  'comments-gate',
  'fewer-than-usual',
]);
export type GapCause = z.infer<typeof GapCause>;

/** New items of one window, by the channel's own history. Fewer than `low` is far fewer than usual. */
export const Expected = z.object({ usual: z.number().nonnegative(), low: z.number().nonnegative() });
export type Expected = z.infer<typeof Expected>;

/** One stretch of a channel's time in the ledger: what came in it, and whether that was all. Numbers only, no text. */
export const ChannelWindow = z.object({
  channelId: z.string(),
  from: Instant,
  to: Instant,
  state: WindowState,
  /** Null while there is too little history. */
  expected: Expected.nullable(),
  /** That began in it, and what they counted. */
  runs: z.int().nonnegative(),
  fetched: z.int().nonnegative(),
  parsed: z.int().nonnegative(),
  created: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  objected: z.int().nonnegative(),
  /** As the last run found it. */
  credential: CredentialStanding,
  /** Of the run that decided; null when there was none. */
  outcome: RunOutcome.nullable(),
  gapId: z.string().nullable(),
  /** Null while it is open. */
  closedAt: Instant.nullable(),
});
export type ChannelWindow = z.infer<typeof ChannelWindow>;

/** Something that may have been missed: open until a run has read back to it, or a person says that it is made good. */
export const Gap = z.object({
  id: z.string(),
  channelId: z.string(),
  from: Instant,
  to: Instant,
  cause: GapCause,
  reason: z.string(),
  /** Who must do what. */
  nextStep: z.string(),
  /** Runs that begin from then on read back to it. Null where no run can: what was missed is shown no more, or may not be gathered. */
  inReachSince: Instant.nullable(),
  openedAt: Instant,
  filledAt: Instant.nullable(),
  /** Null as well where a person said so. */
  filledByRun: z.string().nullable(),
});
export type Gap = z.infer<typeof Gap>;

/** Some time, from the first instant up to the second, without it. */
export const Stretch = z.object({ from: Instant, to: Instant });
export type Stretch = z.infer<typeof Stretch>;

const hourMs = 3_600_000;
const minuteMs = 60_000;
const shanghaiOffsetMs = 8 * hourMs;
const windowLengths = [1, 2, 3, 4, 6, 8, 12, 24] as const;

/** The shortest that holds a run of this cadence, in hours; a day at most. */
function windowHours(everyMinutes: number): number {
  return windowLengths.find((hours) => hours * 60 >= everyMinutes) ?? 24;
}

/** The window from an instant to the next even hour on a Shanghai clock: a whole one where the instant is the start of one. */
export function windowFrom(from: string, everyMinutes: number): { from: string; to: string } {
  const lengthMs = windowHours(everyMinutes) * hourMs;
  const local = Date.parse(from) + shanghaiOffsetMs;
  const end = (Math.floor(local / lengthMs) + 1) * lengthMs;
  return { from, to: new Date(end - shanghaiOffsetMs).toISOString() };
}

/** Where the window began that an instant lies in. */
export function windowStart(instant: string, everyMinutes: number): string {
  const lengthMs = windowHours(everyMinutes) * hourMs;
  return new Date(Date.parse(windowFrom(instant, everyMinutes).to) - lengthMs).toISOString();
}

/** A run goes on for so long at most before its window no longer waits for it. */
const longestRunMs = 6 * hourMs;
/** For the jitter of the schedule, and for other channels' runs that go first. */
const slackMs = 15 * minuteMs;

/** Up to when a run must have begun, so that a window of this cadence is not without one. */
function latestStart(from: string, to: string, everyMinutes: number): number {
  return Math.max(Date.parse(to), Date.parse(from) + everyMinutes * minuteMs * 1.1) + slackMs;
}

/** More of what was new could not be read than could: a page here and there is kept for its keeper, and is no hole. */
function hasChanged({ unknown, created, edited }: CrawlRun): boolean {
  return unknown > 0 && unknown >= created + edited;
}

/**
 * It went through and read every list back to what was known. Single pages that failed are in the ledger, due again: they are not
 * missed, and do not count here.
 */
export function readsWhole(run: CrawlRun): boolean {
  const wentThrough = run.outcome === 'complete' || run.outcome === 'partial';
  return run.state === 'finished' && wentThrough && run.reachedBack === true && !hasChanged(run);
}

/** Its lists were seen, wholly or in part. */
export function metLists({ state, reachedBack, newestItemAt }: CrawlRun): boolean {
  return state === 'finished' && (reachedBack === true || newestItemAt !== null);
}

/** It saw its lists, and they did not show all since the run before: not for a limit of calls, which leaves them due. */
export function ranOver(run: CrawlRun): boolean {
  return metLists(run) && run.outcome === 'partial' && run.reachedBack === false && run.retryAt === null;
}

function causeOf(run: CrawlRun): GapCause {
  if (run.state !== 'finished') return 'no-run';
  if (run.outcome === 'credential') return 'credential';
  if (run.outcome === 'refused') return 'refused';
  if (hasChanged(run)) return 'page-changed';
  return run.outcome !== 'failed' && run.parsed + run.unchanged > 0 ? 'not-read-back' : 'failed';
}

export interface Closing {
  channelId: string;
  everyMinutes: number;
  /** Whether a later run makes good what an earlier one did not read back to. */
  pagesBack: boolean;
  window: { from: string; to: string };
  now: string;
  /** All of the window, the one before it, and those after it, in any order. */
  runs: readonly CrawlRun[];
  expected: Expected | null;
  /** New items of the day that ends with this window, without its own; null where not all of it is known. */
  dayBefore: { created: number; usual: number } | null;
  /** Why comments are not gathered which should be; null when they are. */
  commentsOff: string | null;
}

/** Why a window is a gap. `nextStep` null: what is usual for the cause. */
export interface GapFinding {
  cause: GapCause;
  reason: string;
  nextStep: string | null;
}

export interface ClosedWindow {
  window: ChannelWindow;
  gap: GapFinding | null;
}

const ranThrough = ({ state }: CrawlRun) => state === 'finished';
const byStart = (a: CrawlRun, b: CrawlRun) => (a.startedAt < b.startedAt ? -1 : 1);

/**
 * The last run of the window decides, since it has read back over all before it; where it cannot, one that lost something does. Where
 * there was none, the first after the window, if that came in time.
 */
function findDeciding({ window, runs, everyMinutes, pagesBack }: Closing): CrawlRun | undefined {
  const ended = runs.filter(ranThrough).sort(byStart);
  const inside = ended.filter(({ startedAt }) => startedAt >= window.from && startedAt < window.to);
  const last = (pagesBack ? undefined : inside.findLast(ranOver)) ?? inside.at(-1);
  if (last !== undefined) return last;
  const deadline = latestStart(window.from, window.to, everyMinutes);
  return ended.find(({ startedAt }) => startedAt >= window.to && Date.parse(startedAt) <= deadline);
}

function mustWait({ window, runs, now, everyMinutes }: Closing): boolean {
  const nowMs = Date.parse(now);
  const isRunning = runs.some(({ state }) => state === 'running');
  if (isRunning && nowMs < Date.parse(window.to) + longestRunMs) return true;
  return nowMs <= latestStart(window.from, window.to, everyMinutes);
}

/** A source that would not let us in is tried again once a day at least: for so long its last answer stands. */
const heldUpMs = 25 * hourMs;

/** Where no run decides, what holds the channel up is what ended the last one; else nothing ran. */
function findSilence({ window, runs }: Closing): GapFinding {
  const before = [...runs].sort(byStart).findLast((run) => ranThrough(run) && run.startedAt < window.from);
  const isRecent = before !== undefined && Date.parse(window.from) - Date.parse(before.startedAt) < heldUpMs;
  if (isRecent && !readsWhole(before) && isRefusal(before)) return findFault(before);
  return { cause: 'no-run', reason: 'no run came to its end in this time', nextStep: null };
}

const isRefusal = (run: CrawlRun) => ['credential', 'refused', 'failed'].includes(causeOf(run));

function findFault(run: CrawlRun): GapFinding {
  const cause = causeOf(run);
  return { cause, reason: run.note ?? `the last run ended as ${run.outcome}`, nextStep: run.nextStep };
}

function findShortfall({ expected, dayBefore }: Closing, created: number): GapFinding | null {
  if (expected === null) return null;
  if (created < expected.low) return tellShortfall(created, expected.usual);
  if (dayBefore === null) return null;
  const day = { created: dayBefore.created + created, usual: dayBefore.usual + expected.usual };
  return day.created < lowOf(day.usual) ? tellShortfall(day.created, day.usual, ' in a day') : null;
}

function tellShortfall(created: number, usual: number, span = ''): GapFinding {
  const reason = `${created} new items${span}, where about ${Math.round(usual)} are usual, though the runs went through`;
  return { cause: 'fewer-than-usual', reason, nextStep: null };
}

/** Fewer than a quarter of what is usual is far fewer, where eight or more are: below that, none at all is no news. */
export function lowOf(usual: number): number {
  return usual >= 8 ? usual / 4 : 0;
}

function findGap(closing: Closing, run: CrawlRun | undefined, created: number): GapFinding | null {
  if (run === undefined) return findSilence(closing);
  if (!readsWhole(run)) return findFault(run);
  if (closing.commentsOff !== null) {
    return { cause: 'comments-gate', reason: closing.commentsOff, nextStep: null };
  }
  const isInside = run.startedAt < closing.window.to;
  return isInside ? findShortfall(closing, created) : null;
}

const counted = ['fetched', 'parsed', 'created', 'failed', 'refused', 'objected'] as const;

function countUp(runs: readonly CrawlRun[]) {
  const sums = { fetched: 0, parsed: 0, created: 0, failed: 0, refused: 0, objected: 0, runs: runs.length };
  for (const run of runs) for (const name of counted) sums[name] += run[name];
  return sums;
}

function isQuiet(runs: readonly CrawlRun[]): boolean {
  return runs.every(
    ({ created, edited, failed, refused, unknown }) => created + edited + failed + refused + unknown === 0,
  );
}

/**
 * What a window comes to, once it is over. Only a run that went through and read back to what was known makes it `complete` or
 * `quiet`: the last one in it, or the first after it. Everything else is a gap, with its reason.
 * @returns null while a run is under way or may still come
 */
export function closeWindow(closing: Closing): ClosedWindow | null {
  const { window, now, runs } = closing;
  if (now < window.to) return null;
  const deciding = findDeciding(closing);
  if (deciding === undefined && mustWait(closing)) return null;
  const inside = runs.filter(({ startedAt }) => startedAt >= window.from && startedAt < window.to);
  const sums = countUp(inside);
  const gap = findGap(closing, deciding, sums.created);
  const state = gap !== null ? 'gap' : isQuiet(inside) ? 'quiet' : 'complete';
  const latest = deciding ?? [...runs].sort(byStart).findLast(({ startedAt }) => startedAt < window.to);
  return {
    gap,
    window: {
      channelId: closing.channelId,
      ...window,
      state,
      expected: closing.expected,
      ...sums,
      credential: latest?.credential ?? 'none-needed',
      outcome: deciding?.outcome ?? null,
      gapId: null,
      closedAt: now,
    },
  };
}
