import type { CrawledChannel } from './channel.ts';
import {
  type ChannelWindow,
  type Gap,
  type GapCause,
  type GapFinding,
  metLists,
  ranOver,
  readsWhole,
} from './completeness.ts';
import type { CrawlRun } from './crawl.ts';
import { keeperOf, pagesBack } from './crawled.ts';

const operator = 'operator';

/** Who does what, where the run itself did not say it. */
const usualSteps: Record<GapCause, (channel: CrawledChannel) => string> = {
  'no-run': ({ id }) =>
    `${operator}: see that the service runs (guanlan doctor); the next run of ${id} reads back to here`,
  failed: ({ id }) =>
    `${operator}: see what failed (guanlan channel status ${id}) and whether the source answers`,
  refused: ({ id }) =>
    `${operator}: the source lets us in no more; see why (guanlan channel status ${id}), and ask those who run it`,
  credential: (channel) =>
    `${keeperOf(channel)}: give a new credential (guanlan credential set ${channel.id})`,
  'page-changed': ({ id }) =>
    `${operator}: look at the pages kept (guanlan channel test ${id}) and name their places`,
  'not-read-back': (channel) =>
    pagesBack(channel)
      ? `nobody yet: the next run of ${channel.id} reads on; if it stays so, ${operator}`
      : importByHand(channel.id),
  'comments-gate': () =>
    'the controller: complete config/governance.yaml; then the next run reads back to here',
  'fewer-than-usual': (channel) =>
    `${keeperOf(channel)}: compare with what the account shows when logged in; log in again if it shows more`,
};

const importByHand = (channelId: string) =>
  `the keeper of ${channelId}: import by hand what the source shows no longer, then say so (guanlan channel fill-gap)`;

/** The open gap that a window goes on with, or a new one. Its reason is always the newest. */
export function gapOf(
  finding: GapFinding,
  { channelId, from, to, closedAt }: ChannelWindow & { closedAt: string },
  { channel, open }: { channel: CrawledChannel; open: readonly Gap[] },
): Gap {
  const known = open.find((gap) => gap.cause === finding.cause && gap.to === from);
  const fresh: Gap = {
    id: `${channelId}@${from}`,
    channelId,
    from,
    to,
    cause: finding.cause,
    reason: finding.reason,
    nextStep: finding.nextStep ?? usualSteps[finding.cause](channel),
    inReachSince: finding.cause === 'comments-gate' ? null : closedAt,
    openedAt: closedAt,
    filledAt: null,
    filledByRun: null,
  };
  if (known === undefined) return fresh;
  return {
    ...known,
    to,
    reason: fresh.reason,
    nextStep: known.inReachSince === null ? known.nextStep : fresh.nextStep,
  };
}

/** What is known when gaps are looked at anew. */
export interface FillingFacts {
  channel: CrawledChannel;
  now: string;
  /** Newest fetch of a page that no parser knows; null where there is none. */
  unknownPageAt: string | null;
  /** Comments are gathered, or need not be. */
  commentsOn: boolean;
  /** Windows closed as complete, with as many new items as are usual. */
  usualWindows: readonly ChannelWindow[];
}

/** A run that began before the gap was known has read on from the last whole one, and so past it; a later one reads back to it. */
function readsBackTo(gap: Gap, run: CrawlRun): boolean {
  if (!readsWhole(run) || run.startedAt < gap.to) return false;
  if (gap.inReachSince !== null && run.startedAt >= gap.inReachSince) return true;
  return run.startedAt < gap.openedAt && gap.cause !== 'comments-gate' && gap.inReachSince !== null;
}

/** What a run alone cannot show. */
function isMended(
  gap: Gap,
  run: CrawlRun,
  { unknownPageAt, usualWindows, commentsOn }: FillingFacts,
): boolean {
  switch (gap.cause) {
    case 'page-changed':
      return unknownPageAt === null || unknownPageAt < gap.from;
    case 'fewer-than-usual':
      return usualWindows.some(
        ({ from, to }) => from >= gap.to && run.startedAt >= from && run.startedAt < to,
      );
    case 'comments-gate':
      return commentsOn;
    default:
      return true;
  }
}

const fill = (gap: Gap, run: CrawlRun, now: string): Gap => ({ ...gap, filledAt: now, filledByRun: run.id });
const lose = (gap: Gap): Gap => ({ ...gap, inReachSince: null, nextStep: importByHand(gap.channelId) });

/** Comments have lists of their own, and too few items were read by runs that went through. */
const ofLists = ({ cause }: Gap): boolean => cause !== 'comments-gate' && cause !== 'fewer-than-usual';

/** Where lists cannot be paged back: only the first run after a gap that saw them may still have found what was missed. */
function lookAtOnce(gap: Gap, runs: readonly CrawlRun[], facts: FillingFacts): Gap | null {
  if (gap.inReachSince === null) return null;
  if (runs.some((run) => ranOver(run) && run.startedAt >= gap.from && run.startedAt < gap.to)) {
    return lose(gap);
  }
  const first = runs.find((run) => run.startedAt >= gap.to && metLists(run));
  if (first === undefined) return null;
  if (!readsWhole(first)) return lose(gap);
  return isMended(gap, first, facts) ? fill(gap, first, facts.now) : null;
}

/**
 * An open gap as it stands after these runs: filled by the first that has read back to it, or out of reach.
 * @param runs oldest first
 * @returns null when nothing has changed
 */
export function lookAgain(gap: Gap, runs: readonly CrawlRun[], facts: FillingFacts): Gap | null {
  const { channel, now, commentsOn } = facts;
  if (!pagesBack(channel) && ofLists(gap)) return lookAtOnce(gap, runs, facts);
  const later = runs.filter(({ state, startedAt }) => state === 'finished' && startedAt >= gap.to);
  const reader = later.find((run) => readsBackTo(gap, run) && isMended(gap, run, facts));
  if (reader !== undefined) return fill(gap, reader, now);
  if (gap.cause !== 'comments-gate' || commentsOn === (gap.inReachSince !== null)) return null;
  return { ...gap, inReachSince: commentsOn ? now : null };
}
