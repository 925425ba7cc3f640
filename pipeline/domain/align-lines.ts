/** A line of one text and what it became in the other; null where it has no like there. */
export type LinePair = readonly [before: number | null, after: number | null];

/** Above this many pairs to weigh, lines are paired in their order. */
const mostPairs = 100_000;
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

function pairInOrder(before: readonly string[], after: readonly string[]): LinePair[] {
  const longest = Math.max(before.length, after.length);
  return Array.from({ length: longest }, (_, i) => [
    i < before.length ? i : null,
    i < after.length ? i : null,
  ]);
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
  // One line for one line is that line changed, however little of it is left.
  const isPlain = a.length * b.length > mostPairs || (a.length === 1 && b.length === 1);
  const middle = isPlain ? pairInOrder(a, b) : alignMiddle(a, b);
  const shift = (index: number | null) => (index === null ? null : index + head);
  return [
    ...Array.from({ length: head }, (_, i): LinePair => [i, i]),
    ...middle.map(([i, j]): LinePair => [shift(i), shift(j)]),
    ...Array.from({ length: tail }, (_, i): LinePair => [before.length - tail + i, after.length - tail + i]),
  ];
}
