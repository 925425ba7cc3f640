import { Chance } from './chance.ts';
import type { Example, FitOptions, HeadPlan } from './head.ts';
import type { Vectors } from './vectors.ts';

/** `weights[feature * outputs + output]`; numbers of features are those of the vectors' vocabulary. */
export interface Fitted {
  weights: Float32Array;
  biases: Float64Array;
}

/** The loss's gradient by output for one row. */
function pull(plan: HeadPlan, example: Example, logits: Float64Array, gradient: Float64Array): void {
  if (plan.pull !== undefined) {
    plan.pull(example, logits, gradient);
    return;
  }
  const count = plan.outputs.length;
  if (plan.link === 'logistic') {
    for (let k = 0; k < count; k += 1) {
      const label = example.labels?.[k] ?? null;
      gradient[k] = label === null ? 0 : 1 / (1 + Math.exp(-(logits[k] ?? 0))) - label;
    }
    return;
  }
  const { label, among } = example;
  let highest = Number.NEGATIVE_INFINITY;
  const at = (k: number) => (k < count ? (logits[k] ?? 0) : 0);
  const may = (k: number) => among === undefined || among.includes(k);
  for (let k = 0; k <= count; k += 1) if (may(k)) highest = Math.max(highest, at(k));
  let sum = 0;
  for (let k = 0; k <= count; k += 1) if (may(k)) sum += Math.exp(at(k) - highest);
  for (let k = 0; k < count; k += 1)
    gradient[k] = may(k) ? Math.exp(at(k) - highest) / sum - (k === label ? 1 : 0) : 0;
}

/** In how many of the rows every n-gram is met. */
function countRows(vectors: Vectors, rows: Int32Array): Int32Array {
  const { offsets, features, vocabulary } = vectors;
  const met = new Int32Array(vocabulary.count);
  for (const row of rows)
    for (let i = offsets[row] ?? 0; i < (offsets[row + 1] ?? 0); i += 1) {
      const feature = features[i] ?? 0;
      met[feature] = (met[feature] ?? 0) + 1;
    }
  return met;
}

/**
 * How much more often an n-gram stands where an output is right than where it is wrong, as the logarithm of the ratio
 * (Wang and Manning's NB-SVM): an n-gram then learns as fast as it tells the two apart.
 */
function countRatios(
  plan: HeadPlan,
  vectors: Vectors,
  examples: readonly Example[],
  rows: Int32Array,
): Float32Array {
  const outputs = plan.outputs.length;
  const { offsets, features, vocabulary } = vectors;
  const right = new Float32Array(vocabulary.count * outputs);
  const wrong = new Float32Array(vocabulary.count * outputs);
  const rightRows = new Float64Array(outputs);
  const wrongRows = new Float64Array(outputs);
  const zero = new Float64Array(outputs);
  const gradient = new Float64Array(outputs);
  for (const row of rows) {
    const example = examples[row];
    if (example === undefined) continue;
    pull(plan, example, zero, gradient);
    const worth = example.weight ?? 1;
    for (let k = 0; k < outputs; k += 1) {
      const size = Math.abs(gradient[k] ?? 0) * worth;
      if (size === 0) continue;
      const isRight = (gradient[k] ?? 0) < 0;
      const counts = isRight ? right : wrong;
      const total = isRight ? rightRows : wrongRows;
      total[k] = (total[k] ?? 0) + size;
      for (let i = offsets[row] ?? 0; i < (offsets[row + 1] ?? 0); i += 1) {
        const at = (features[i] ?? 0) * outputs + k;
        counts[at] = (counts[at] ?? 0) + size;
      }
    }
  }
  // A row counts for half at zero log-odds: half a count more on either side is one row more.
  const extra = 0.5;
  return right.map((count, at) => {
    const k = at % outputs;
    const inRight = (count + extra) / ((rightRows[k] ?? 0) + 2 * extra);
    return Math.log(inRight / (((wrong[at] ?? 0) + extra) / ((wrongRows[k] ?? 0) + 2 * extra)));
  });
}

/**
 * Regularised logistic regression by AdaGrad, row by row, in an order drawn from the seed. Rare n-grams feel the pull
 * towards zero as strongly, over an epoch, as frequent ones.
 * @param rows which rows of the vectors to learn from; `examples` goes by row
 */
export function fitHead(
  plan: HeadPlan,
  vectors: Vectors,
  examples: readonly Example[],
  rows: Int32Array,
  seed: number,
): Fitted {
  const { epochs, l2, learningRate, leastRows, ratios: withRatios }: FitOptions = plan.fit;
  const outputs = plan.outputs.length;
  const { offsets, features, shares, vocabulary } = vectors;
  const met = countRows(vectors, rows);
  const ratios = withRatios === true ? countRatios(plan, vectors, examples, rows) : null;
  const weights = new Float32Array(vocabulary.count * outputs);
  const squares = new Float32Array(vocabulary.count * outputs).fill(1e-6);
  const biases = new Float64Array(outputs);
  const logits = new Float64Array(outputs);
  const gradient = new Float64Array(outputs);
  const chance = new Chance(seed);
  const order = Int32Array.from(rows);
  const decay = l2 * rows.length;
  let steps = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    chance.shuffle(order);
    for (const row of order) {
      const example = examples[row];
      if (example === undefined) continue;
      const from = offsets[row] ?? 0;
      const to = offsets[row + 1] ?? 0;
      const share = shares[row] ?? 0;
      logits.fill(0);
      for (let i = from; i < to; i += 1) {
        const at = (features[i] ?? 0) * outputs;
        for (let k = 0; k < outputs; k += 1) logits[k] = (logits[k] ?? 0) + (weights[at + k] ?? 0);
      }
      for (let k = 0; k < outputs; k += 1) logits[k] = (logits[k] ?? 0) * share + (biases[k] ?? 0);
      pull(plan, example, logits, gradient);
      const worth = example.weight ?? 1;
      steps += 1;
      const biasStep = 0.5 / Math.sqrt(steps + 100);
      for (let k = 0; k < outputs; k += 1) {
        biases[k] = (biases[k] ?? 0) - biasStep * worth * (gradient[k] ?? 0);
        gradient[k] = (gradient[k] ?? 0) * worth * share;
      }
      for (let i = from; i < to; i += 1) {
        const feature = features[i] ?? 0;
        const rowsWith = met[feature] ?? 0;
        if (rowsWith < leastRows) continue;
        const pullBack = decay / rowsWith;
        const at = feature * outputs;
        for (let k = 0; k < outputs; k += 1) {
          // The weight is kept multiplied by its ratio: learned is the factor before it.
          const ratio = ratios === null ? 1 : (ratios[at + k] ?? 0);
          const g = (gradient[k] ?? 0) * ratio;
          if (g === 0) continue;
          const sum = (squares[at + k] ?? 0) + g * g;
          squares[at + k] = sum;
          const step = learningRate / Math.sqrt(sum);
          weights[at + k] = ((weights[at + k] ?? 0) - step * g * ratio) / (1 + step * pullBack);
        }
      }
    }
  }
  return { weights, biases };
}

/** Log-odds by output of one row. */
export function logitsOf(fitted: Fitted, vectors: Vectors, row: number): Float64Array {
  const outputs = fitted.biases.length;
  const logits = new Float64Array(outputs);
  const from = vectors.offsets[row] ?? 0;
  const to = vectors.offsets[row + 1] ?? 0;
  const share = vectors.shares[row] ?? 0;
  for (let i = from; i < to; i += 1) {
    const at = (vectors.features[i] ?? 0) * outputs;
    for (let k = 0; k < outputs; k += 1) logits[k] = (logits[k] ?? 0) + (fitted.weights[at + k] ?? 0);
  }
  for (let k = 0; k < outputs; k += 1) logits[k] = (logits[k] ?? 0) * share + (fitted.biases[k] ?? 0);
  return logits;
}
