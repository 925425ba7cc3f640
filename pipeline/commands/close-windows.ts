import type { CrawledChannel, Governance } from '../domain/channel.ts';
import { whyCommentsOff } from '../domain/comments-gate.ts';
import {
  type ChannelWindow,
  type ClosedWindow,
  closeWindow,
  type Gap,
  windowFrom,
  windowStart,
} from '../domain/completeness.ts';
import type { CrawlRun } from '../domain/crawl.ts';
import { isWatchedWhole, pagesBack } from '../domain/crawled.ts';
import { gapOf, lookAgain } from '../domain/gap.ts';
import { bucketHour } from '../domain/time.ts';
import { expectedOf, historyMs, sumDayBefore } from '../domain/usual-count.ts';
import type { Ports, Stores } from '../ports/index.ts';
import type { LedgerStore } from '../ports/ledger-store.ts';

export interface CloseWindowsPorts extends Pick<Ports, 'clock'> {
  stores: Pick<Stores, 'ledger' | 'settings'>;
  /** Besides what governance says: why comments cannot be gathered now; null when they can. */
  whyNoComments?(): Promise<string | null>;
  /** Told of a channel whose records cannot be read; absent, the failure is thrown once all others were looked at. */
  onFailure?(channelId: string, error: unknown): void;
}

export interface GapNews {
  opened: Gap[];
  filled: Gap[];
}

/** What comments depend on besides the channel. */
interface Gate {
  governance: Governance | null;
  obstacle: string | null;
}

/** A channel as one look at it sees it. */
interface Look {
  ledger: LedgerStore;
  channel: CrawledChannel;
  now: string;
  /** Why comments are not gathered which should be. */
  commentsOff: string | null;
  /** Oldest first. */
  runs: CrawlRun[];
  /** Closed windows of the last weeks. */
  history: ChannelWindow[];
}

const runsAtFirst = 50;
const mostRuns = 5000;
const mostWindows = 10_000;
const mostGaps = 1000;

/** The runs since `from` and one before, oldest first. Runs are kept, so only as many are read as are needed. */
async function readRuns(ledger: LedgerStore, channelId: string, from: string): Promise<CrawlRun[]> {
  for (let limit = runsAtFirst; ; limit = Math.min(limit * 10, mostRuns)) {
    const runs = await ledger.listRuns(channelId, limit);
    const oldest = runs.at(-1);
    if (runs.length < limit || limit === mostRuns || (oldest?.startedAt ?? from) < from)
      return runs.reverse();
  }
}

const saysNothing = ({ state, outcome }: CrawlRun) => state === 'finished' && outcome === null;

/** Where the next window begins: after the last one, or with the first run since runs say how they went. */
async function nextStart(ledger: LedgerStore, channel: CrawledChannel): Promise<string | null> {
  const [last] = await ledger.listWindows(channel.id, '', 1);
  if (last !== undefined) return last.to;
  const runs = await ledger.listRuns(channel.id, runsAtFirst);
  const silentFrom = runs.findIndex(saysNothing);
  const first = runs.slice(0, silentFrom === -1 ? undefined : silentFrom).at(-1);
  return first === undefined ? null : windowStart(first.startedAt, channel.everyMinutes);
}

function commentsOffFor(channel: CrawledChannel, { governance, obstacle }: Gate, now: string): string | null {
  const wanted = 'comments' in channel && channel.comments;
  return wanted ? (whyCommentsOff(governance, bucketHour(now).slice(0, 10)) ?? obstacle) : null;
}

/** @returns the gap that this window opens, null where it opens none */
async function keepWindow(look: Look, { window, gap: finding }: ClosedWindow): Promise<Gap | null> {
  const { ledger, channel, history, now } = look;
  const open = finding === null ? [] : await ledger.listGaps(channel.id, 'open', mostGaps);
  const gap = finding === null ? null : gapOf(finding, { ...window, closedAt: now }, { channel, open });
  const kept = { ...window, gapId: gap?.id ?? null };
  history.push(kept);
  const isFirst = await ledger.closeWindow(kept, gap);
  return isFirst && gap !== null && gap.from === window.from ? gap : null;
}

/** All that are over and decided, one after the other: each is judged by those before it. */
async function closeOver(look: Look, start: string, signal: AbortSignal | undefined): Promise<Gap[]> {
  const { channel, history, runs, now, commentsOff } = look;
  const { id: channelId, everyMinutes } = channel;
  const opened: Gap[] = [];
  for (let from = start; signal?.aborted !== true; ) {
    const window = windowFrom(from, everyMinutes);
    const expected = expectedOf(history, window);
    const dayBefore = sumDayBefore(history, window);
    const closed = closeWindow({
      channelId,
      everyMinutes,
      pagesBack: pagesBack(channel),
      window,
      now,
      runs,
      expected,
      dayBefore,
      commentsOff,
    });
    if (closed === null) break;
    const gap = await keepWindow(look, closed);
    if (gap !== null) opened.push(gap);
    from = window.to;
  }
  return opened;
}

async function lookAtGaps({ ledger, channel, runs, history, now, commentsOff }: Look): Promise<Gap[]> {
  const gaps = await ledger.listGaps(channel.id, 'open', mostGaps);
  if (gaps.length === 0) return [];
  const [unknown] = await ledger.listPages(channel.id, ['unknown-page'], 1);
  const facts = {
    ...{ channel, now, commentsOn: commentsOff === null, unknownPageAt: unknown?.fetchedAt ?? null },
    usualWindows: history.filter(
      ({ state, expected, runs }) => state === 'complete' && expected !== null && runs > 0,
    ),
  };
  const filled: Gap[] = [];
  for (const gap of gaps) {
    const changed = lookAgain(gap, runs, facts);
    if (changed === null) continue;
    await ledger.settleGap(changed);
    if (changed.filledAt !== null) filled.push(changed);
  }
  return filled;
}

async function lookAtChannel(
  { stores: { ledger }, clock }: CloseWindowsPorts,
  { channel, gate }: { channel: CrawledChannel; gate: Gate },
  signal: AbortSignal | undefined,
): Promise<GapNews> {
  const now = clock.now();
  const start = await nextStart(ledger, channel);
  if (start === null) return { opened: [], filled: [] };
  const open = await ledger.listGaps(channel.id, 'open', mostGaps);
  // Those of before were looked at with the windows of before.
  const runs = await readRuns(ledger, channel.id, start);
  const since = new Date(Date.parse(now) - historyMs).toISOString();
  const isOver = windowFrom(start, channel.everyMinutes).to <= now;
  // Weeks of windows are read when something is to be judged by them, not at every look.
  const isJudged = isOver || open.some(({ cause }) => cause === 'fewer-than-usual');
  const history = isJudged ? await ledger.listWindows(channel.id, since, mostWindows) : [];
  const commentsOff = commentsOffFor(channel, gate, now);
  const look: Look = { ledger, channel, now, commentsOff, runs, history };
  const opened = await closeOver(look, start, signal);
  const filled = await lookAtGaps(look);
  return { opened, filled };
}

/**
 * Closes every channel's windows that are over, also those of a time when nothing ran at all, and looks again at its gaps. Two
 * processes at once are harmless: a window is closed once, and a gap filled once.
 */
export async function closeWindows(ports: CloseWindowsPorts, signal?: AbortSignal): Promise<GapNews> {
  const { channels, governance } = await ports.stores.settings.read();
  const gate: Gate = { governance, obstacle: (await ports.whyNoComments?.()) ?? null };
  const news: GapNews = { opened: [], filled: [] };
  const failures: unknown[] = [];
  for (const channel of channels.filter(isWatchedWhole)) {
    if (signal?.aborted === true) break;
    try {
      const { opened, filled } = await lookAtChannel(ports, { channel, gate }, signal);
      news.opened.push(...opened);
      news.filled.push(...filled);
    } catch (error) {
      if (ports.onFailure === undefined) failures.push(error);
      else ports.onFailure(channel.id, error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return news;
}
