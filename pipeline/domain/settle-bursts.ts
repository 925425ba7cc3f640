import { type Burst, burstId } from './burst.ts';
import type { ServiceTopic } from './category.ts';
import { burstRules, type FoundBurst } from './find-bursts.ts';
import type { DayKind } from './school-period.ts';

/** A wave of one series of a channel, its hours told by the clock. */
export interface SeriesBurst {
  topic: ServiceTopic | null;
  found: FoundBurst;
  calendar: DayKind[];
}

/** What is known when a channel is looked at: hours count from the same first hour as those of the waves. */
export interface SettleFacts {
  channelId: string;
  at: string;
  /** The hour that is under way. */
  nowHour: number;
  /** Nothing before it was looked at. */
  startHour: number;
  hourText(hour: number): string;
  hourIndex(text: string): number;
}

/** A wave that is told so many hours after it could have been was gathered late. */
const lateHours = 6;
/** A matter that makes up so much of a channel's wave is what the wave is about. */
const topicShare = 0.6;

const excessOf = ({ found }: SeriesBurst) => found.observed - found.expected;
const meet = (a: { from: number; last: number }, b: { from: number; last: number }) =>
  a.from <= b.last + burstRules.joinHours && b.from <= a.last + burstRules.joinHours;
/** All matters hold each single one. */
const mayBeOne = (a: ServiceTopic | null, b: ServiceTopic | null) => a === b || a === null || b === null;

/** One wave is told once: by its matter where that is most of it, else by the channel. */
export function chooseSeries(bursts: readonly SeriesBurst[]): SeriesBurst[] {
  const whole = bursts.filter(({ topic }) => topic === null);
  const single = bursts.filter(({ topic }) => topic !== null);
  const isTold = (all: SeriesBurst) =>
    single.some((one) => meet(one.found, all.found) && excessOf(one) >= topicShare * excessOf(all));
  const kept = whole.filter((all) => !isTold(all));
  return [...kept, ...single.filter((one) => !kept.some((all) => meet(all.found, one.found)))];
}

export interface BurstChange {
  burst: Burst;
  /** Null: it is new. */
  expectedVersion: number | null;
}

/**
 * What one look at a channel changes: what goes on grows, what is calm has ended, what is new begins. What a person dismissed stays so,
 * and takes up what belongs to it. Nothing comes of looking twice.
 * @param known of the channel, those that reach into the time looked at
 */
export function settleBursts(
  found: readonly SeriesBurst[],
  known: readonly Burst[],
  facts: SettleFacts,
): BurstChange[] {
  const changes: BurstChange[] = [];
  const met = new Set<string>();
  for (const one of chooseSeries(found)) {
    const same = findKnown(one, known, facts);
    if (same === undefined) {
      changes.push({ burst: begin(one, facts), expectedVersion: null });
      continue;
    }
    met.add(same.id);
    if (same.topic !== one.topic || same.state === 'dismissed') continue;
    const grown = grow(same, one, facts);
    if (JSON.stringify(grown) !== JSON.stringify(same))
      changes.push({
        burst: { ...grown, version: same.version + 1 },
        expectedVersion: same.version,
      });
  }
  for (const burst of known) {
    if (burst.state !== 'open' || met.has(burst.id)) continue;
    if (facts.hourIndex(burst.last) >= facts.nowHour - burstRules.calmHours) continue;
    changes.push({
      burst: { ...burst, state: 'ended', version: burst.version + 1 },
      expectedVersion: burst.version,
    });
  }
  return changes;
}

function findKnown({ topic, found }: SeriesBurst, known: readonly Burst[], { hourIndex }: SettleFacts) {
  const near = known.filter(
    (burst) =>
      mayBeOne(burst.topic, topic) &&
      meet(found, { from: hourIndex(burst.from), last: hourIndex(burst.last) }),
  );
  return near.find((burst) => burst.topic === topic) ?? near[0];
}

const stateOf = (last: number, { nowHour }: SettleFacts) =>
  last >= nowHour - burstRules.calmHours ? 'open' : 'ended';

const rounded = (value: number, places: number) => Number(value.toPrecision(places));

function measured({ found }: SeriesBurst, { hourText }: SettleFacts) {
  return {
    last: hourText(found.last),
    peakHour: hourText(found.peak),
    peakCount: found.peakCount,
    observed: found.observed,
    expected: rounded(found.expected, 4),
    chance: rounded(found.chance, 3),
  };
}

function begin(one: SeriesBurst, facts: SettleFacts): Burst {
  const { topic, found, calendar } = one;
  const from = facts.hourText(found.from);
  return {
    id: burstId(facts.channelId, topic, from),
    ...{ version: 1, channelId: facts.channelId, topic, from, ...measured(one, facts) },
    ...{ windowHours: found.window, method: found.method, calendar },
    noticedAt: facts.at,
    late: facts.nowHour - found.noticed >= lateHours,
    state: stateOf(found.last, facts),
    dismissed: null,
  };
}

/** Its name stays, whatever comes in late before its first hour. What lies before the look was counted then. */
function grow(burst: Burst, one: SeriesBurst, facts: SettleFacts): Burst {
  const { found } = one;
  const isWhole = facts.hourIndex(burst.from) >= facts.startHour;
  if (!isWhole && found.observed < burst.observed) {
    const last = Math.max(found.last, facts.hourIndex(burst.last));
    return { ...burst, last: facts.hourText(last), state: stateOf(last, facts) };
  }
  const from = found.from < facts.hourIndex(burst.from) ? facts.hourText(found.from) : burst.from;
  return { ...burst, from, ...measured(one, facts), state: stateOf(found.last, facts) };
}
