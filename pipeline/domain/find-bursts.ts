import {
  type BaselineMethod,
  type BurstBaseline,
  burstWindows,
  type HourExpected,
} from './burst-baseline.ts';
import { chanceOf } from './burst-chance.ts';

/** By which a wave is told from an ordinary day. Chosen on one half of the quiet months, measured on the other. */
export interface BurstRules {
  /** A window whose count would come by chance less often than this begins a burst. */
  beginChance: number;
  /** Three hours likelier than this are calm again. */
  goOnChance: number;
  leastItems: number;
  /** So many times what is expected, at the least. */
  leastLift: number;
  /** A burst is over after so many calm hours. */
  calmHours: number;
  /** What begins anew within so many hours goes on with the burst before. */
  joinHours: number;
}

export const burstRules: BurstRules = {
  beginChance: 3e-5,
  goOnChance: 0.02,
  leastItems: 8,
  leastLift: 2,
  calmHours: 12,
  joinHours: 24,
};

/** One wave of one series. Hours are places in the series; `last` is the last hour that was not calm. */
export interface FoundBurst {
  from: number;
  last: number;
  /** In which hour it could be told. */
  noticed: number;
  /** The hour with the most items. */
  peak: number;
  peakCount: number;
  observed: number;
  expected: number;
  /** The smallest of its windows. */
  chance: number;
  /** Hours of the window that told it. */
  window: number;
  method: BaselineMethod;
}

/** Fewer in three hours are calm, however few are usual. */
const leastWarm = 3;

/** The series as far as it is to be walked. `expected` may be asked for any hour from `start` on. */
export interface Walk {
  counts: readonly number[];
  start: number;
  /** Up to and without. */
  end: number;
  expect(hour: number): HourExpected & { spreads: BurstBaseline['spreads'] };
}

interface WindowChance {
  observed: number;
  mean: number;
  chance: number;
  method: BaselineMethod;
}

/** Hours of an earlier burst count as what is expected of them; null where an hour of the window is not known. */
function measureWindow(
  { counts, start, expect }: Walk,
  { hour, length, after, least }: { hour: number; length: 1 | 3 | 24; after: number; least: number },
): WindowChance | null {
  const first = Math.max(start, after + 1, hour - length + 1);
  let [observed, mean, doubt] = [0, 0, 0];
  for (let at = first; at <= hour; at += 1) {
    const count = counts[at];
    if (count === undefined || Number.isNaN(count)) return null;
    observed += count;
  }
  // Most windows end here, before anything is worked out.
  if (observed < least) return { observed, mean: 0, chance: 1, method: 'prior' };
  const { spreads, method } = expect(hour);
  for (let at = first; at <= hour; at += 1) {
    const expected = expect(at);
    mean += expected.mean;
    doubt += expected.mean * expected.doubt;
  }
  const spread = spreads[length] + (mean > 0 ? doubt / mean : 0);
  return { observed, mean, chance: chanceOf(observed, mean, spread), method };
}

function findBegin(walk: Walk, hour: number, after: number, rules: BurstRules): FoundBurst | null {
  for (const length of burstWindows) {
    const window = measureWindow(walk, { hour, length, after, least: rules.leastItems });
    if (window === null) return null;
    const { observed, mean, chance, method } = window;
    if (observed < rules.leastItems || observed < mean * rules.leastLift || chance >= rules.beginChance)
      continue;
    const from = firstAbove(walk, Math.max(walk.start, after + 1, hour - length + 1), hour);
    return extend(
      walk,
      {
        from,
        last: hour,
        noticed: hour,
        peak: from,
        peakCount: 0,
        observed: 0,
        expected: 0,
        chance,
        window: length,
        method,
      },
      from,
    );
  }
  return null;
}

/** A day's window reaches back to before the wave: it begins with the first hour that has more than usual. */
function firstAbove({ counts, expect }: Walk, first: number, hour: number): number {
  for (let at = first; at < hour; at += 1) {
    const count = counts[at] ?? 0;
    if (count >= 2 && count > expect(at).mean) return at;
  }
  return hour;
}

/** Adds the hours from `since` to the burst's last. */
function extend({ counts, expect }: Walk, burst: FoundBurst, since: number): FoundBurst {
  const grown = { ...burst };
  for (let at = since; at <= burst.last; at += 1) {
    const count = counts[at] ?? 0;
    grown.expected += expect(at).mean;
    if (Number.isNaN(count)) continue;
    grown.observed += count;
    if (count > grown.peakCount) [grown.peak, grown.peakCount] = [at, count];
  }
  return grown;
}

/** Does it go on in this hour? The day's window would go on for a day after the last word. */
function isWarm(walk: Walk, hour: number, after: number, rules: BurstRules): number | null {
  const count = walk.counts[hour];
  if (count === undefined || Number.isNaN(count) || count === 0) return null;
  const window = measureWindow(walk, { hour, length: 3, after, least: leastWarm });
  const warm = window !== null && window.observed >= leastWarm && window.chance < rules.goOnChance;
  return warm ? window.chance : null;
}

/**
 * The waves of a series, each once, in their order. Nothing is said of a window with a gap in it.
 */
export function findBursts(walk: Walk, rules: BurstRules = burstRules): FoundBurst[] {
  const found: FoundBurst[] = [];
  let [current, over]: [FoundBurst | null, number] = [null, walk.start - 1];
  for (let hour = walk.start; hour < walk.end; hour += 1) {
    if (current === null) {
      const begun = findBegin(walk, hour, over, rules);
      if (begun === null) continue;
      const before = found.at(-1);
      if (before !== undefined && begun.from - before.last <= rules.joinHours) {
        found.pop();
        current = extend(
          walk,
          { ...before, last: hour, chance: Math.min(before.chance, begun.chance) },
          before.last + 1,
        );
      } else current = begun;
      continue;
    }
    const chance = isWarm(walk, hour, current.from - 1, rules);
    if (chance !== null) {
      current = extend(
        walk,
        { ...current, last: hour, chance: Math.min(current.chance, chance) },
        current.last + 1,
      );
    } else if (hour - current.last >= rules.calmHours) {
      found.push(current);
      [current, over] = [null, hour];
    }
  }
  return current === null ? found : [...found, current];
}
