import { featureScheme } from '../../pipeline/models/features.ts';
import { firstSlot, markOf } from '../../pipeline/models/scorer.ts';
import type { HeadHeader, ModelHeader, Models } from '../../pipeline/models/weights-file.ts';
import type { Fitted } from './fit.ts';
import type { Learned } from './learn.ts';
import type { Vocabulary } from './vectors.ts';

/** Room for so many n-grams: those that are strongest in any head. Even, and as large as the file may be. */
const slots = 393_216;
const largestStored = 127;

/** A head with weights from all its rows. */
interface LearnedHead extends Pick<Learned, 'plan' | 'calibration' | 'settings'> {
  fitted: Fitted;
  vocabulary: Vocabulary;
}

interface Candidate {
  hash: number;
  strength: number;
  /** By head: the n-gram's number in its vocabulary, or −1. */
  numbers: Int32Array;
}

/** Weights further out than this are cut off, so that the many small ones keep their resolution. */
const keptShare = 0.9999;

function largestKept(fitted: Fitted, output: number): number {
  const outputs = fitted.biases.length;
  const sizes = new Float32Array(fitted.weights.length / outputs);
  for (let i = 0; i < sizes.length; i += 1) sizes[i] = Math.abs(fitted.weights[i * outputs + output] ?? 0);
  const used = sizes.filter((size) => size > 0).sort();
  return used[Math.floor((used.length - 1) * keptShare)] ?? 1;
}

/** How much an n-gram may matter: its weight in steps of its head, more when it is frequent. */
function gather(heads: readonly LearnedHead[]): Candidate[] {
  const candidates = new Map<number, Candidate>();
  heads.forEach(({ fitted, vocabulary, plan }, h) => {
    const outputs = plan.outputs.length;
    const steps = plan.outputs.map((_, k) => largestKept(fitted, k) / largestStored);
    for (let i = 0; i < vocabulary.count; i += 1) {
      let size = 0;
      for (let k = 0; k < outputs; k += 1)
        size = Math.max(size, Math.abs(fitted.weights[i * outputs + k] ?? 0) / (steps[k] ?? 1));
      if (size < 0.5) continue;
      const hash = vocabulary.hashes[i] ?? 0;
      const known = candidates.get(hash);
      const candidate = known ?? { hash, strength: 0, numbers: new Int32Array(heads.length).fill(-1) };
      if (known === undefined) candidates.set(hash, candidate);
      candidate.numbers[h] = i;
      candidate.strength = Math.max(candidate.strength, size * Math.log2(1 + (vocabulary.rows[i] ?? 0)));
    }
  });
  return [...candidates.values()].sort((a, b) => b.strength - a.strength || a.hash - b.hash);
}

function headerOf({ plan, fitted, calibration, settings }: LearnedHead): HeadHeader {
  const slope = (k: number) => calibration.slopes[k] ?? 1;
  return {
    name: plan.name,
    link: plan.link,
    outputs: plan.outputs.map((name, k) => ({
      name,
      scale: (largestKept(fitted, k) / largestStored) * slope(k),
      bias: (fitted.biases[k] ?? 0) * slope(k) + (calibration.offsets[k] ?? 0),
    })),
    settings,
  };
}

/** All heads in one table, the strongest n-grams first; one that finds both its slots taken is left out. */
export function packHeads(
  learned: readonly Learned[],
  about: Pick<ModelHeader, 'trainedOn' | 'seed' | 'data'>,
): Pick<Models, 'header' | 'marks' | 'weights'> & { kept: number; dropped: number } {
  const heads = learned.flatMap(({ fitted, vectors, ...head }) =>
    fitted === null ? [] : [{ ...head, fitted, vocabulary: vectors.vocabulary }],
  );
  const outputs = heads.reduce((sum, { plan }) => sum + plan.outputs.length, 0);
  const marks = new Uint8Array(slots);
  const weights = new Int8Array(slots * outputs);
  const steps = heads.map(({ plan, fitted }) =>
    plan.outputs.map((_, k) => largestKept(fitted, k) / largestStored),
  );
  let kept = 0;
  let dropped = 0;
  for (const { hash, numbers } of gather(heads)) {
    const slot = freeSlot(marks, hash);
    if (slot === -1) {
      dropped += 1;
      continue;
    }
    kept += 1;
    marks[slot] = markOf(hash);
    let at = slot * outputs;
    heads.forEach(({ plan, fitted }, h) => {
      const number = numbers[h] ?? -1;
      plan.outputs.forEach((_, k) => {
        const weight = number === -1 ? 0 : (fitted.weights[number * plan.outputs.length + k] ?? 0);
        const step = Math.round(weight / (steps[h]?.[k] ?? 1));
        weights[at] = Math.max(-largestStored, Math.min(largestStored, step));
        at += 1;
      });
    });
  }
  const header = { features: featureScheme, slots, ...about, heads: heads.map(headerOf) };
  return { header, marks, weights, kept, dropped };
}

/** A slot of the pair that is empty; none when the other one bears the same mark, or both are taken. */
function freeSlot(marks: Uint8Array, hash: number): number {
  const base = firstSlot(marks.length, hash);
  const mark = markOf(hash);
  if (marks[base] === mark || marks[base ^ 1] === mark) return -1;
  if (marks[base] === 0) return base;
  return marks[base ^ 1] === 0 ? base ^ 1 : -1;
}
