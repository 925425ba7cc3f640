/** So many in so many days. */
export interface Observed {
  count: number;
  days: number;
}

/** Beyond so many, both sides are taken smaller alike: that only claims less. */
const mostCounted = 20_000;

/** ln n!, by Stirling's series; exact to twelve digits from 16 on, and by multiplication below. */
function logFactorial(n: number): number {
  if (n < 16) {
    let product = 1;
    for (let factor = 2; factor <= n; factor += 1) product *= factor;
    return Math.log(product);
  }
  const x = n + 1;
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}

function binomialLog(k: number, n: number, p: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k) + k * Math.log(p) + (n - k) * Math.log1p(-p);
}

/**
 * How probable it is that two counts lie as far apart as these, or further, if nothing had changed: the exact two-sided test of two
 * Poisson rates, which is binomial once their sum is given. Outcomes that are as improbable count on both sides.
 * @returns 0–1; 1 where nothing was counted
 */
export function chanceOf(now: Observed, before: Observed): number {
  const scale = Math.min(1, mostCounted / Math.max(1, now.count + before.count));
  const seen = Math.round(now.count * scale);
  const all = seen + Math.round(before.count * scale);
  const share = now.days / (now.days + before.days);
  const limit = binomialLog(seen, all, share) + 1e-7;
  const isFar = (k: number) => binomialLog(k, all, share) <= limit;
  const middle = Math.min(all, Math.floor((all + 1) * share));
  if (isFar(middle)) return 1;
  const sum =
    sumTail(lastFar(middle, 0, isFar), all, share) + sumTail(lastFar(middle, all, isFar), all, share);
  return Math.min(1, sum);
}

interface Tail {
  /** The nearest outcome that counts; null: none does. */
  from: number | null;
  step: 1 | -1;
}

/** Outcomes become less probable from the middle to the end, so that those that count are found by halving. */
function lastFar(middle: number, end: number, isFar: (k: number) => boolean): Tail {
  const step = end < middle ? -1 : 1;
  if (end === middle || !isFar(end)) return { from: null, step };
  let [near, far] = [middle, end];
  while (Math.abs(far - near) > 1) {
    const between = Math.floor((near + far) / 2);
    if (isFar(between)) far = between;
    else near = between;
  }
  return { from: far, step };
}

/** Each from the one before, until they add nothing. */
function sumTail({ from, step }: Tail, all: number, share: number): number {
  if (from === null) return 0;
  let term = Math.exp(binomialLog(from, all, share));
  let sum = 0;
  for (let k = from; k >= 0 && k <= all && term > sum * 1e-17; k += step) {
    sum += term;
    const odds = share / (1 - share);
    term *= step === 1 ? ((all - k) / (k + 1)) * odds : k / (all - k + 1) / odds;
  }
  return sum;
}

/** Fewer days than this say nothing of how much they differ among themselves. */
const fewestDays = 5;

/**
 * How much more days differ among themselves than single, independent items would make them: their variance by their mean, put
 * together over periods; 1 where it is less. Comments come in bunches, and a test that took each for news of its own would call
 * every busy day a rise.
 * @param periods counts of each day, zeros too
 * @returns null where there are too few days
 */
export function spreadOf(periods: readonly (readonly number[])[]): number | null {
  let squares = 0;
  let freedom = 0;
  for (const days of periods) {
    if (days.length < fewestDays) return null;
    const mean = days.reduce((sum, count) => sum + count, 0) / days.length;
    freedom += days.length - 1;
    if (mean > 0) for (const count of days) squares += (count - mean) ** 2 / mean;
  }
  return freedom === 0 ? null : Math.max(1, squares / freedom);
}
