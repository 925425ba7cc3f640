import type { FeatureReader } from './features.ts';

/** In the normalised text; `weight` is what it added to the log-odds. */
export interface Evidence {
  start: number;
  end: number;
  weight: number;
}

/** A character belongs to a span while it bears at least this share of what the strongest one bears. */
const leastShare = 0.2;
const longestSpan = 64;

/** What every character bears: an n-gram's worth is spread over its characters. */
function bearing(length: number, features: FeatureReader, worthOf: (hash: number) => number): Float64Array {
  const bears = new Float64Array(length);
  for (let i = 0; i < features.count; i += 1) {
    const worth = worthOf(features.hashes[i] ?? 0);
    if (worth === 0) continue;
    const { start, end } = features.spanOf(i);
    // An edge alone; or what was left out of a huge text lies between.
    if (end === start || end - start > longestSpan) continue;
    const each = worth / (end - start);
    for (let at = start; at < end; at += 1) bears[at] = (bears[at] ?? 0) + each;
  }
  return bears;
}

function isLow(bears: Float64Array, at: number, least: number): boolean {
  return (bears[at] ?? 0) < least;
}

/** The strongest stretches of characters that speak for the output, at most `most`, strongest first. */
export function evidenceOf(
  length: number,
  features: FeatureReader,
  most: number,
  worthOf: (hash: number) => number,
): Evidence[] {
  const bears = bearing(length, features, worthOf);
  const highest = bears.reduce((high, value) => Math.max(high, value), 0);
  if (highest === 0) return [];
  const least = highest * leastShare;
  const found: Evidence[] = [];
  for (let at = 0; at < length; ) {
    if (isLow(bears, at, least)) {
      at += 1;
      continue;
    }
    const start = at;
    let weight = 0;
    while (at < length && !isLow(bears, at, least)) {
      weight += bears[at] ?? 0;
      at += 1;
    }
    found.push({ start, end: at, weight });
  }
  return found.sort((a, b) => b.weight - a.weight || a.start - b.start).slice(0, most);
}
