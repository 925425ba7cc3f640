import { shareOf } from '../../pipeline/models/features.ts';
import { Chance } from './chance.ts';
import type { Example, FitOptions, HeadPlan } from './head.ts';
import type { Vectors } from './vectors.ts';

/** `weights[feature * outputs + output]`; numbers of features are those of the vectors' vocabulary. */
export interface Fitted {
  weights: Float32Array;
  biases: Float64Array;
}

/** Adds the loss's gradient by output for one row. */
function pull(plan: HeadPlan, example: Example, logits: Float64Array, gradient: Float64Array): void {
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
  const { epochs, l2, learningRate, leastRows }: FitOptions = plan.fit;
  const outputs = plan.outputs.length;
  const { offsets, features, vocabulary } = vectors;
  const met = new Int32Array(vocabulary.count);
  for (const row of rows)
    for (let i = offsets[row] ?? 0; i < (offsets[row + 1] ?? 0); i += 1) {
      const feature = features[i] ?? 0;
      met[feature] = (met[feature] ?? 0) + 1;
    }
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
      const share = shareOf(to - from);
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
          const g = gradient[k] ?? 0;
          if (g === 0) continue;
          const sum = (squares[at + k] ?? 0) + g * g;
          squares[at + k] = sum;
          const step = learningRate / Math.sqrt(sum);
          weights[at + k] = ((weights[at + k] ?? 0) - step * g) / (1 + step * pullBack);
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
  const share = shareOf(to - from);
  for (let i = from; i < to; i += 1) {
    const at = (vectors.features[i] ?? 0) * outputs;
    for (let k = 0; k < outputs; k += 1) logits[k] = (logits[k] ?? 0) + (fitted.weights[at + k] ?? 0);
  }
  for (let k = 0; k < outputs; k += 1) logits[k] = (logits[k] ?? 0) * share + (fitted.biases[k] ?? 0);
  return logits;
}
