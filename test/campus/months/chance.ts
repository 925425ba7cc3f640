/** Numbers in [0, 1) that repeat from their seed. */
export type Chance = () => number;

/** mulberry32: the days of one seed are independent enough for counts, and cost nothing. */
export function openChance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** @throws RangeError for an empty list */
export function pick<T>(from: readonly T[], chance: Chance): T {
  const one = from[Math.floor(chance() * from.length)];
  if (one === undefined) throw new RangeError('nothing to pick from');
  return one;
}

/** By `weight`, which need not add up to anything. */
export function pickBy<T>(from: readonly T[], weight: (one: T) => number, chance: Chance): T {
  let left = chance() * from.reduce((sum, one) => sum + weight(one), 0);
  for (const one of from) {
    left -= weight(one);
    if (left < 0) return one;
  }
  return pick(from.slice(-1), chance);
}

/** How many, where `mean` are usual and each comes by itself. */
export function countBy(mean: number, chance: Chance): number {
  // Far from zero the bell is near enough, and needs no loop as long as the mean.
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * bell(chance)));
  let product = chance();
  let count = 0;
  for (const limit = Math.exp(-mean); product > limit; count += 1) product *= chance();
  return count;
}

/** Of a bell curve with mean 0 and spread 1. */
export function bell(chance: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

/** Around 1, as popularity spreads: most a little below, few far above. */
export function popularity(spread: number, chance: Chance): number {
  return Math.exp(spread * bell(chance) - (spread * spread) / 2);
}
