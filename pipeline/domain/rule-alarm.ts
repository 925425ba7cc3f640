import { dayBefore } from './time.ts';

/** A rule that hits far more posts on a day than it used to. Text-free. */
export interface RuleAlarm {
  ruleId: string;
  /** YYYY-MM-DD in Shanghai. */
  day: string;
  hits: number;
  /** What a day had on average; null for a rule that is too new to tell. */
  usual: number | null;
  /** `cap`: of a rule without a history, more than any new rule should hit in a day. */
  kind: 'burst' | 'cap';
}

/** So many days before the one in question are its history. */
export const historyDays = 28;
/** A rule that hit for the first time less long ago has no history. */
const historyNeeded = 7;
/** A new rule that hits so many posts in a day is wider than its author thought, or the day is one. */
const capWithoutHistory = 30;
/** Fewer are never a burst, however quiet it was before. */
const leastHits = 8;
/** By chance alone, on so many days of as many. */
const chance = 1e-4;
/** By so many times the usual day, and one. */
const leastRatio = 3;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** An earlier burst must not hide the next: no day counts for more than six spreads above the middle. */
function withoutBursts(history: readonly number[]): number[] {
  const middle = median(history);
  const spread = 1.4826 * median(history.map((count) => Math.abs(count - middle)));
  const most = middle + 6 * Math.max(1, spread);
  return history.map((count) => Math.min(count, most));
}

/** Mean and variance of the next day as far as the days before tell, which are few. */
function expectDay(history: readonly number[]): { mean: number; variance: number } {
  const days = withoutBursts(history);
  const count = days.length;
  const mean = (days.reduce((sum, day) => sum + day, 0) + 0.5) / count;
  const spread = days.reduce((sum, day) => sum + (day - mean) ** 2, 0) / Math.max(1, count - 1);
  return { mean, variance: Math.max(mean, spread) * (1 + 1 / count) };
}

/** How likely a day has at least so many hits: the tail of the negative binomial with this mean and variance (above the mean). */
function tailOf(hits: number, { mean, variance }: { mean: number; variance: number }): number {
  const size = mean ** 2 / (variance - mean);
  const share = mean / (mean + size);
  let logOfOne = size * Math.log(size / (mean + size));
  let below = 0;
  for (let count = 0; count < hits; count += 1) {
    below += Math.exp(logOfOne);
    logOfOne += Math.log(((count + size) / (count + 1)) * share);
  }
  return Math.max(0, 1 - below);
}

/**
 * Is this day out of the ordinary?
 * @param history the days before it, oldest first, from the first day with a hit on
 */
export function judgeRuleDay(
  history: readonly number[],
  hits: number,
): Pick<RuleAlarm, 'kind' | 'usual'> | null {
  if (history.length < historyNeeded) return hits >= capWithoutHistory ? { kind: 'cap', usual: null } : null;
  if (hits < leastHits) return null;
  const expected = expectDay(history);
  const usual = Math.round(expected.mean * 10) / 10;
  if (hits < leastRatio * (expected.mean + 1)) return null;
  return tailOf(hits, expected) < chance ? { kind: 'burst', usual } : null;
}

export interface DayCount {
  ruleId: string;
  day: string;
  hits: number;
}

/**
 * Rules that are in alarm on `today` or were yesterday, whose posts may have come in only since. A day that is not over is
 * compared with whole ones: it can only alarm too late, not for nothing.
 * @param counts of at least the last 30 days, in any order; several of one rule and day add up
 */
export function findRuleAlarms(counts: readonly DayCount[], today: string): RuleAlarm[] {
  const byRule = new Map<string, Map<string, number>>();
  for (const { ruleId, day, hits } of counts) {
    const days = byRule.get(ruleId) ?? new Map<string, number>();
    days.set(day, (days.get(day) ?? 0) + hits);
    byRule.set(ruleId, days);
  }
  const alarms: RuleAlarm[] = [];
  for (const [ruleId, days] of byRule) {
    for (const day of [today, dayBefore(today, 1)]) {
      const hits = days.get(day) ?? 0;
      const found = hits === 0 ? null : judgeRuleDay(historyOf(days, day), hits);
      if (found === null) continue;
      alarms.push({ ruleId, day, hits, ...found });
      break;
    }
  }
  return alarms.sort((a, b) => b.hits - a.hits || (a.ruleId < b.ruleId ? -1 : 1));
}

/** The days before, without those before the first hit; days without one are zeros. */
function historyOf(days: ReadonlyMap<string, number>, day: string): number[] {
  const history = Array.from(
    { length: historyDays },
    (_, index) => days.get(dayBefore(day, historyDays - index)) ?? 0,
  );
  const first = history.findIndex((hits) => hits > 0);
  return first < 0 ? [] : history.slice(first);
}
