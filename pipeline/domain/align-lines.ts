/** A line of one text and what it became in the other; null where it has no like there. */
export type LinePair = readonly [before: number | null, after: number | null];

/** Above this many pairs to weigh, what is left between lines that stayed is no longer compared line by line. */
const mostPairs = 10_000;
/** Less alike than this, one line was taken out and another put in. */
const leastLikeness = 0.35;

function bigrams(line: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < line.length - 1; i += 1) {
    const pair = line.slice(i, i + 2);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

function likeness(a: Map<string, number>, b: Map<string, number>, lengths: number): number {
  let shared = 0;
  for (const [pair, count] of a) shared += Math.min(count, b.get(pair) ?? 0);
  return lengths === 0 ? 0 : (2 * shared) / lengths;
}

/** Of lines that differ from end to end, those of both sides that are most alike, none crossing another. */
function alignMiddle(before: readonly string[], after: readonly string[]): LinePair[] {
  const gramsBefore = before.map(bigrams);
  const gramsAfter = after.map(bigrams);
  const width = after.length + 1;
  const best = new Float64Array((before.length + 1) * width);
  const gains = new Float64Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const gain = gainOf(i, j);
      const paired = gain === 0 ? 0 : gain + (best[(i + 1) * width + j + 1] ?? 0);
      gains[i * width + j] = gain;
      best[i * width + j] = Math.max(paired, best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
    }
  return follow();

  function gainOf(i: number, j: number): number {
    const [a, b] = [before[i] ?? '', after[j] ?? ''];
    // A blank line says little about where one is.
    if (a === b) return a.length < 3 ? 0.1 : 1.2;
    const lengths = Math.max(0, a.length - 1) + Math.max(0, b.length - 1);
    const alike = likeness(gramsBefore[i] ?? new Map(), gramsAfter[j] ?? new Map(), lengths);
    return alike < leastLikeness ? 0 : alike;
  }

  function follow(): LinePair[] {
    const pairs: LinePair[] = [];
    let i = 0;
    let j = 0;
    while (i < before.length && j < after.length) {
      const here = best[i * width + j] ?? 0;
      const gain = gains[i * width + j] ?? 0;
      if (gain > 0 && here === gain + (best[(i + 1) * width + j + 1] ?? 0)) {
        pairs.push([i, j]);
        i += 1;
        j += 1;
      } else if (here === (best[(i + 1) * width + j] ?? 0)) {
        pairs.push([i, null]);
        i += 1;
      } else {
        pairs.push([null, j]);
        j += 1;
      }
    }
    for (; i < before.length; i += 1) pairs.push([i, null]);
    for (; j < after.length; j += 1) pairs.push([null, j]);
    return pairs;
  }
}

/** Nothing of the one became anything of the other. */
function partAll(before: readonly string[], after: readonly string[]): LinePair[] {
  return [...before.map((_, i): LinePair => [i, null]), ...after.map((_, j): LinePair => [null, j])];
}

/** Where each line stands that stands once; `null` for one that stands more often. */
function placesOf(lines: readonly string[]): Map<string, number | null> {
  const places = new Map<string, number | null>();
  lines.forEach((line, i) => {
    places.set(line, places.has(line) ? null : i);
  });
  return places;
}

/** Lines that stand once in both and stayed, none crossing another: as many as can be. */
function findAnchors(before: readonly string[], after: readonly string[]): [number, number][] {
  const [was, is] = [placesOf(before), placesOf(after)];
  const shared = before.flatMap((line, i): [number, number][] => {
    const j = line.length < 3 || was.get(line) == null ? null : is.get(line);
    return j == null ? [] : [[i, j]];
  });
  return longestRising(shared);
}

/** The longest run of pairs of which the second numbers rise as the first do. */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  /** By length: the pair on which a run of it ends lowest, as an index. */
  const ends: number[] = [];
  const before = pairs.map(() => -1);
  pairs.forEach(([, j], at) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < j) low = middle + 1;
      else high = middle;
    }
    before[at] = ends[low - 1] ?? -1;
    ends[low] = at;
  });
  const found: [number, number][] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair !== undefined) found.push(pair);
  }
  return found.reverse();
}

function alignGap(before: readonly string[], after: readonly string[]): LinePair[] {
  // One line for one line is that line changed, however little of it is left.
  if (before.length === 1 && after.length === 1) return [[0, 0]];
  return before.length * after.length > mostPairs ? partAll(before, after) : alignMiddle(before, after);
}

/** Every line of both once, in the order of both. */
export function alignLines(before: readonly string[], after: readonly string[]): LinePair[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  const [a, b] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const pairs: LinePair[] = Array.from({ length: head }, (_, i) => [i, i]);
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...findAnchors(a, b), [a.length, b.length] as const]) {
    for (const [x, y] of alignGap(a.slice(i, nextI), b.slice(j, nextJ)))
      pairs.push([x === null ? null : x + i + head, y === null ? null : y + j + head]);
    if (nextI < a.length) pairs.push([nextI + head, nextJ + head]);
    [i, j] = [nextI + 1, nextJ + 1];
  }
  for (let back = tail; back > 0; back -= 1) pairs.push([before.length - back, after.length - back]);
  return pairs;
}
