import type { Gap, GapCause, Stretch } from './completeness.ts';
import type { Speaker } from './item-fact.ts';
import { dayAfter, daysBetween } from './time.ts';

const hourMs = 3_600_000;

/** What is known of whether a channel was read in full, as far as a question over some time goes. */
export interface ChannelCoverage {
  channelId: string;
  /**
   * `watched`: its windows say whether something was missed. `ended`: they did, as long as it was crawled. `by-hand`: what people
   * bring is all there is, so that nothing is missed.
   */
  kind: 'watched' | 'ended' | 'by-hand';
  /** Of its closed windows; null while there is none. Always null by hand. */
  span: Stretch | null;
  /** That lie over the time asked for, newest first. */
  gaps: readonly Gap[];
}

/** `pending`: not over yet, or its window is not closed. `unobserved`: before the first window, or after the last one ever. */

type Lack = 'gap' | 'pending' | 'unobserved';
export type HourState = 'observed' | Lack;

/** Some of the time asked for, of which a channel's figures are not known to be whole. */
export interface Shortfall {
  channelId: string;
  why: Lack;
  /** Of a gap. */
  cause: GapCause | null;
  hours: number;
  /** All of the time asked for. */
  whole: boolean;
}

export interface Cover {
  /** Every channel was read in full: only then may anything be said of a change. */
  complete: boolean;
  shortfalls: Shortfall[];
  /** Gaps that were made good: they take nothing from the figures. */
  filled: { channelId: string; cause: GapCause; hours: number }[];
}

const instantOfDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00+08:00`)).toISOString();

/** Both days in Shanghai, whole, the last included. */
export function stretchOfDays(fromDay: string, toDay: string): Stretch {
  return { from: instantOfDay(fromDay), to: instantOfDay(dayAfter(toDay, 1)) };
}

/** @param hour on a Shanghai clock, as `2026-03-05T14` */
export function stretchOfHour(hour: string): Stretch {
  const from = Date.parse(`${hour}:00:00+08:00`);
  return { from: new Date(from).toISOString(), to: new Date(from + hourMs).toISOString() };
}

type Span = readonly [from: number, to: number];
const spanOf = ({ from, to }: Stretch): Span => [Date.parse(from), Date.parse(to)];

function overlap([from, to]: Span, [start, end]: Span): Span | null {
  const shared: Span = [Math.max(from, start), Math.min(to, end)];
  return shared[0] < shared[1] ? shared : null;
}

interface LackSpan {
  why: Lack;
  cause: GapCause | null;
  span: Span;
}

/** Where a channel falls short; none of these lie over each other, but two gaps may. */
function lacksOf({ kind, span, gaps }: ChannelCoverage, time: Span): LackSpan[] {
  if (kind === 'by-hand') return [];
  const never: Span = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const after: Lack = kind === 'watched' ? 'pending' : 'unobserved';
  const lacks: { why: Lack; cause: GapCause | null; span: Span }[] = [];
  if (span === null) lacks.push({ why: 'unobserved', cause: null, span: never });
  else {
    const [start, end] = spanOf(span);
    lacks.push({ why: 'unobserved', cause: null, span: [never[0], start] });
    lacks.push({ why: after, cause: null, span: [end, never[1]] });
  }
  for (const gap of gaps) {
    if (gap.filledAt === null) lacks.push({ why: 'gap', cause: gap.cause, span: spanOf(gap) });
  }
  return lacks.flatMap((lack) => {
    const shared = overlap(lack.span, time);
    return shared === null ? [] : [{ ...lack, span: shared }];
  });
}

const lengthOf = ([from, to]: Span): number => to - from;
const hoursOf = (ms: number): number => Math.round((ms / hourMs) * 10) / 10;

/** What a figure over this time lacks. One line for each channel, kind of lack and cause. */
export function coverOf(channels: readonly ChannelCoverage[], time: Stretch): Cover {
  const asked = spanOf(time);
  const shortfalls: Shortfall[] = [];
  const filled: Cover['filled'] = [];
  for (const channel of channels) {
    const { channelId } = channel;
    const sums = new Map<string, Pick<LackSpan, 'why' | 'cause'> & { ms: number }>();
    for (const { why, cause, span } of lacksOf(channel, asked)) {
      const sum = sums.get(`${why} ${cause}`) ?? { why, cause, ms: 0 };
      sums.set(`${why} ${cause}`, { ...sum, ms: sum.ms + lengthOf(span) });
    }
    for (const { why, cause, ms } of sums.values()) {
      shortfalls.push({ channelId, why, cause, hours: hoursOf(ms), whole: ms >= lengthOf(asked) });
    }
    filled.push(...filledOver(channel, asked));
  }
  return { complete: shortfalls.length === 0, shortfalls, filled };
}

function filledOver({ channelId, gaps }: ChannelCoverage, asked: Span): Cover['filled'] {
  return gaps.flatMap((gap) => {
    const shared = gap.filledAt === null ? null : overlap(spanOf(gap), asked);
    return shared === null ? [] : [{ channelId, cause: gap.cause, hours: hoursOf(lengthOf(shared)) }];
  });
}

/** Nothing at all is known of this time: no channel that is crawled was read in any of it. */
export function isUnknown(cover: Cover, channels: readonly ChannelCoverage[]): boolean {
  const crawled = channels.filter(({ kind }) => kind !== 'by-hand');
  const blind = new Set(cover.shortfalls.filter(({ whole }) => whole).map(({ channelId }) => channelId));
  return crawled.length > 0 && crawled.every(({ channelId }) => blind.has(channelId));
}

const strength: Record<HourState, number> = { observed: 0, pending: 1, gap: 2, unobserved: 3 };

/**
 * Every hour of these days, from midnight of the first; of several channels the worst. An hour counts as observed only when all of
 * it was.
 */
export function hourStates(
  channels: readonly ChannelCoverage[],
  { fromDay, toDay }: { fromDay: string; toDay: string },
): HourState[] {
  const time = stretchOfDays(fromDay, toDay);
  const [start] = spanOf(time);
  const states = new Array<HourState>(24 * (daysBetween(fromDay, toDay) + 1)).fill('observed');
  for (const channel of channels) {
    for (const { why, span } of lacksOf(channel, spanOf(time))) {
      const last = Math.ceil((span[1] - start) / hourMs);
      for (let at = Math.floor((span[0] - start) / hourMs); at < last; at += 1) {
        const known = states[at];
        if (known !== undefined && strength[why] > strength[known]) states[at] = why;
      }
    }
  }
  return states;
}

/** Comments that may not be gathered take nothing from the figures of the school's own articles. */
export function gapsFor(gaps: readonly Gap[], speaker: Speaker | undefined): Gap[] {
  return speaker === 'school' ? gaps.filter(({ cause }) => cause !== 'comments-gate') : [...gaps];
}
