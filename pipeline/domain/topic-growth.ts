import { type ChannelCoverage, coverOf } from './coverage.ts';
import { spreadOf } from './trend-chance.ts';
import { type Change, compareCounts, type NoClaim, whyNoClaim } from './trend-compare.ts';

const dayMs = 86_400_000;
const weekDays = 7;

interface Grown {
  now: number;
  before: number;
  change: Change | null;
  /** Why nothing is said of a change; null where something is. */
  reason: NoClaim | null;
}

/** Of the 24 hours and the seven days up to `until`, against as long before. */
export interface TopicGrowth {
  until: string;
  day: Grown;
  week: Grown;
}

/**
 * Until when all that is read was read: what came since is not known of every channel yet. Now, where a channel is more than a day
 * behind, so that nothing is claimed.
 */
function readUntil(coverage: readonly ChannelCoverage[], now: string): string {
  const ends = coverage.flatMap(({ kind, span }) => (kind === 'watched' && span !== null ? [span.to] : []));
  const first = ends.sort()[0] ?? now;
  return first >= now || Date.parse(now) - Date.parse(first) > dayMs ? now : first;
}

/** @param instants of its items of people outside, in any order */
export function measureGrowth(
  instants: readonly string[],
  { coverage, now }: { coverage: readonly ChannelCoverage[]; now: string },
): TopicGrowth {
  const until = readUntil(coverage, now);
  const end = Date.parse(until);
  /** By how many days before the end, the last one first. */
  const days = new Array<number>(2 * weekDays).fill(0);
  for (const at of instants) {
    const age = Math.floor((end - Date.parse(at)) / dayMs);
    if (age >= 0 && age < days.length) days[age] = (days[age] ?? 0) + 1;
  }
  const spread = spreadOf([days.slice(0, weekDays), days.slice(weekDays)]);
  const grown = (length: number): Grown => {
    const [count, earlier] = [days.slice(0, length), days.slice(length, 2 * length)].map((part) =>
      part.reduce((sum, one) => sum + one, 0),
    ) as [number, number];
    const from = new Date(end - 2 * length * dayMs).toISOString();
    const compared = compareCounts(
      { count, days: length },
      { count: earlier, days: length },
      { spread, noClaim: whyNoClaim([coverOf(coverage, { from, to: until })]) },
    );
    return { now: count, before: earlier, ...compared };
  };
  return { until, day: grown(1), week: grown(weekDays) };
}
