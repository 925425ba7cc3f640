import { z } from 'zod';
import { type Metrics, PostKind } from './post.ts';

/** What a post's numbers say of how it travels, without its text. */
export interface PostFact {
  channelId: string;
  kind: PostKind;
  /** The hour it was published in, on a Shanghai clock: `2026-03-05T14`. */
  bucketHour: string;
  publishedAt: string | null;
  /** When the numbers were read. */
  metricsAt: string;
  metrics: Metrics;
}

/** Powers of ten of weighted reactions, and of weighted reactions an hour. */
export interface Travel {
  reach: number;
  /** Null while nobody knows since when it travels. */
  speed: number | null;
}

const Usual = z.object({ median: z.number(), spread: z.number().positive() });
/** What is usual, and by how much posts differ from it. */
export type Usual = z.infer<typeof Usual>;

export const UsualTravel = z.object({ reach: Usual, speed: Usual });
export type UsualTravel = z.infer<typeof UsualTravel>;

const Measured = UsualTravel.extend({ count: z.int().positive() });
type Measured = z.infer<typeof Measured>;

/** Of one channel and one kind of post. Numbers only: no text, no person. */
export const ChannelBaseline = z.object({
  channelId: z.string(),
  kind: PostKind,
  all: Measured,
  /** By hour of the week, 0 for Monday 00:00 to 01:00 in Shanghai; only hours with enough items. */
  hours: z.partialRecord(z.string().regex(/^\d{1,3}$/), Measured),
});
export type ChannelBaseline = z.infer<typeof ChannelBaseline>;

/** All that was measured at one time. Version 0: nothing yet. */
export interface BaselineSet {
  version: number;
  builtAt: string | null;
  channels: readonly ChannelBaseline[];
}

/**
 * Stands in until a channel has a history: three decades of reactions are far, and a hundred an hour are quick. Named in the
 * stamp of every verdict that it decided.
 */
export const priorVersion = 'prior-1';
export const prior: UsualTravel = { reach: { median: 0, spread: 1 }, speed: { median: 1, spread: 1 } };

const hoursInWeek = 168;
/** An hour with fewer says too little to be kept. */
const leastOfHour = 8;
/** So many items weigh as much as what is known without them. */
const priorWeight = 20;
const hourWeight = 12;
/** A channel where all posts get the same numbers must not cry out at one reaction more. */
const leastSpread = 0.5;
const mostSpread = 2;
const msPerHour = 3_600_000;
/** The median of distances from the median, as a standard deviation. */
const perDeviation = 1.4826;

function weighReactions({ reposts = 0, comments = 0, likes = 0, views = 0 }: Metrics): number {
  return reposts * 3 + comments * 2 + likes + views / 50;
}

const decades = (weight: number) => Math.log10(1 + weight);

/** @param since when it was published, null when nobody knows; `until` when its numbers were read */
export function measureTravel(metrics: Metrics, since: string | null, until: string): Travel {
  const weight = weighReactions(metrics);
  if (since === null) return { reach: decades(weight), speed: null };
  // The first hour counts whole: five minutes say too little of how it goes on.
  const hours = Math.max(1, (Date.parse(until) - Date.parse(since)) / msPerHour);
  return { reach: decades(weight), speed: decades(weight / hours) };
}

/** @param bucketHour as `2026-03-05T14`, on a Shanghai clock */
export function hourOfWeek(bucketHour: string): number {
  const at = new Date(`${bucketHour}:00:00.000Z`);
  return ((at.getUTCDay() + 6) % 7) * 24 + at.getUTCHours();
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

function usualOf(values: readonly number[]): Usual {
  const median = medianOf(values);
  const spread = medianOf(values.map((value) => Math.abs(value - median))) * perDeviation;
  return { median, spread: Math.min(mostSpread, Math.max(leastSpread, spread)) };
}

function measure(travels: readonly Travel[]): Measured {
  const speeds = travels.flatMap(({ speed }) => (speed === null ? [] : [speed]));
  return {
    count: travels.length,
    reach: usualOf(travels.map(({ reach }) => reach)),
    speed: speeds.length === 0 ? prior.speed : usualOf(speeds),
  };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** Of posts of one channel and kind. Robust: a few that went far change nothing about what is usual. */
function buildBaseline(facts: readonly [PostFact, ...PostFact[]]): ChannelBaseline {
  const [{ channelId, kind }] = facts;
  const travelOf = ({ metrics, publishedAt, metricsAt }: PostFact) =>
    measureTravel(metrics, publishedAt, metricsAt);
  const byHour = groupBy(facts, ({ bucketHour }) => String(hourOfWeek(bucketHour)));
  const hours = [...byHour]
    .filter(([, ofHour]) => ofHour.length >= leastOfHour)
    .map(([hour, ofHour]) => [hour, measure(ofHour.map(travelOf))] as const);
  return { channelId, kind, all: measure(facts.map(travelOf)), hours: Object.fromEntries(hours) };
}

/** One for each channel and kind that occurs. */
export function buildBaselines(facts: readonly PostFact[]): ChannelBaseline[] {
  const groups = groupBy(facts, ({ channelId, kind }) => `${channelId} ${kind}`);
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [buildBaseline([first, ...rest])],
  );
}

function blend(of: Usual, count: number, before: Usual, weight: number): Usual {
  const share = count / (count + weight);
  return {
    median: share * of.median + (1 - share) * before.median,
    spread: share * of.spread + (1 - share) * before.spread,
  };
}

function blendTravel(of: Measured, before: UsualTravel, weight: number): UsualTravel {
  return {
    reach: blend(of.reach, of.count, before.reach, weight),
    speed: blend(of.speed, of.count, before.speed, weight),
  };
}

/** What is usual for the channel at that hour of the week; where there is little to go by, nearer to the channel and the prior. */
export function readBaseline(baseline: ChannelBaseline, hour: number): UsualTravel {
  const ofChannel = blendTravel(baseline.all, prior, priorWeight);
  const ofHour = baseline.hours[String(hour % hoursInWeek)];
  return ofHour === undefined ? ofChannel : blendTravel(ofHour, ofChannel, hourWeight);
}

/** Of a post, when it is judged: how it travels, and what is usual where it stands. */
export interface Circumstances {
  travel: Travel;
  usual: UsualTravel;
  /** Names what `usual` was read from. */
  baseline: string;
}

export function findCircumstances(fact: PostFact, set: BaselineSet): Circumstances {
  const travel = measureTravel(fact.metrics, fact.publishedAt, fact.metricsAt);
  const baseline = set.channels.find(
    ({ channelId, kind }) => channelId === fact.channelId && kind === fact.kind,
  );
  if (baseline === undefined) return { travel, usual: prior, baseline: priorVersion };
  return {
    travel,
    usual: readBaseline(baseline, hourOfWeek(fact.bucketHour)),
    baseline: `week-${set.version}`,
  };
}

const stepsPerDecade = 2;
const stepOf = (metrics: Metrics) => Math.floor(stepsPerDecade * decades(weighReactions(metrics)));

/**
 * Has a post come a step further, so that its risk is worth working out again? About three times as many reactions are a step:
 * from nothing to a million it is judged again twelve times, however often it is looked at.
 */
export function hasOutgrown(before: Metrics, now: Metrics): boolean {
  return stepOf(now) > stepOf(before);
}
