/** Figures out of answers and scores. All pure; an empty input gives null or NaN-free zeros, as said at each. */

interface ClassFigures {
  /** Rows that truly are of this class. */
  rows: number;
  precision: number;
  recall: number;
  f1: number;
}

export interface Classification {
  accuracy: number;
  /** The plain mean of the classes' F1. */
  macroF1: number;
  classes: Record<string, ClassFigures>;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/**
 * @param truth by row
 * @param answer by row, same length
 * @param classes every class to report; an answer outside them is a wrong one
 */
export function classify(
  truth: readonly string[],
  answer: readonly string[],
  classes: readonly string[],
): Classification {
  const figures: Record<string, ClassFigures> = {};
  let right = 0;
  for (let i = 0; i < truth.length; i += 1) if (truth[i] === answer[i]) right += 1;
  for (const name of classes) {
    let hit = 0;
    let rows = 0;
    let answered = 0;
    for (let i = 0; i < truth.length; i += 1) {
      const is = truth[i] === name;
      const said = answer[i] === name;
      if (is) rows += 1;
      if (said) answered += 1;
      if (is && said) hit += 1;
    }
    const precision = share(hit, answered);
    const recall = share(hit, rows);
    figures[name] = { rows, precision, recall, f1: share(2 * precision * recall, precision + recall) };
  }
  const sum = Object.values(figures).reduce((total, { f1 }) => total + f1, 0);
  return { accuracy: share(right, truth.length), macroF1: share(sum, classes.length), classes: figures };
}

/**
 * The chance that a positive row scores above a negative one; ties count half. Null unless both kinds are there.
 */
export function areaUnderCurve(scores: readonly number[], positive: readonly boolean[]): number | null {
  const order = scores.map((_, i) => i).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let rankSum = 0;
  let positives = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to] ?? 0] === scores[order[from] ?? 0]) to += 1;
    // Ranks count from 1; rows with the same score share the mean of theirs.
    const rank = (from + 1 + to) / 2;
    for (let k = from; k < to; k += 1) {
      if (positive[order[k] ?? 0] !== true) continue;
      rankSum += rank;
      positives += 1;
    }
    from = to;
  }
  const negatives = scores.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

const bins = 10;

/**
 * Expected calibration error: how far a stated probability is from what came true, over ten bins of equal width, each
 * weighed by its rows. Null without rows.
 */
export function calibrationError(
  probability: readonly number[],
  cameTrue: readonly boolean[],
): number | null {
  if (probability.length === 0) return null;
  const stated = new Float64Array(bins);
  const seen = new Float64Array(bins);
  probability.forEach((p, i) => {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(p * bins)));
    stated[bin] = (stated[bin] ?? 0) + p;
    if (cameTrue[i] === true) seen[bin] = (seen[bin] ?? 0) + 1;
  });
  let gap = 0;
  for (let bin = 0; bin < bins; bin += 1) gap += Math.abs((stated[bin] ?? 0) - (seen[bin] ?? 0));
  return gap / probability.length;
}

/** The highest threshold at which at least `recall` of these scores are `>=` it; null without scores. */
export function thresholdAtRecall(positiveScores: readonly number[], recall: number): number | null {
  const sorted = [...positiveScores].sort((a, b) => b - a);
  return sorted[Math.max(0, Math.ceil(recall * sorted.length - 1e-9) - 1)] ?? null;
}

export function countAtLeast(scores: readonly number[], threshold: number): number {
  return scores.reduce((count, score) => count + (score >= threshold ? 1 : 0), 0);
}
