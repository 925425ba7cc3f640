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

/** How much an n-gram may matter: its weight in steps of its head, more when it is frequent. The strongest first. */
function gather(heads: readonly LearnedHead[]): Candidate[] {
  const candidates = new Map<number, Candidate>();
  for (const { fitted, vocabulary, plan } of heads) {
    const outputs = plan.outputs.length;
    const worths = plan.outputs.map(
      (name, k) => (plan.roomFor?.[name] ?? plan.room ?? 1) / (largestKept(fitted, k) / largestStored),
    );
    for (let i = 0; i < vocabulary.count; i += 1) {
      let size = 0;
      for (let k = 0; k < outputs; k += 1)
        size = Math.max(size, Math.abs(fitted.weights[i * outputs + k] ?? 0) * (worths[k] ?? 1));
      if (size < 0.5) continue;
      const hash = vocabulary.hashes[i] ?? 0;
      const strength = size * Math.log2(1 + (vocabulary.rows[i] ?? 0));
      const known = candidates.get(hash);
      if (known === undefined) candidates.set(hash, { hash, strength });
      else known.strength = Math.max(known.strength, strength);
    }
  }
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

/** Where every n-gram stands that found room; by its hash. */
export type Slots = ReadonlyMap<number, number>;

function headsOf(learned: readonly Learned[]): LearnedHead[] {
  return learned.flatMap(({ fitted, vectors, ...head }) =>
    fitted === null ? [] : [{ ...head, fitted, vocabulary: vectors.vocabulary }],
  );
}

/** Room for the strongest n-grams of all heads; one that finds both its slots taken is left out. */
export function drawSlots(learned: readonly Learned[]): { places: Slots; dropped: number } {
  const marks = new Uint8Array(slots);
  const places = new Map<number, number>();
  let dropped = 0;
  for (const { hash } of gather(headsOf(learned))) {
    const slot = freeSlot(marks, hash);
    if (slot === -1) {
      dropped += 1;
      continue;
    }
    marks[slot] = markOf(hash);
    places.set(hash, slot);
  }
  return { places, dropped };
}

/** All heads in one table. */
export function packHeads(
  learned: readonly Learned[],
  places: Slots,
  about: Pick<ModelHeader, 'trainedOn' | 'seed' | 'data'>,
): Pick<Models, 'header' | 'marks' | 'weights'> {
  const heads = headsOf(learned);
  const outputs = heads.reduce((sum, { plan }) => sum + plan.outputs.length, 0);
  const marks = new Uint8Array(slots);
  const weights = new Int8Array(slots * outputs);
  for (const [hash, slot] of places) marks[slot] = markOf(hash);
  let first = 0;
  for (const { plan, fitted, vocabulary } of heads) {
    const own = plan.outputs.length;
    const steps = plan.outputs.map((_, k) => largestKept(fitted, k) / largestStored);
    for (let i = 0; i < vocabulary.count; i += 1) {
      const slot = places.get(vocabulary.hashes[i] ?? 0);
      if (slot === undefined) continue;
      for (let k = 0; k < own; k += 1) {
        const step = Math.round((fitted.weights[i * own + k] ?? 0) / (steps[k] ?? 1));
        weights[slot * outputs + first + k] = Math.max(-largestStored, Math.min(largestStored, step));
      }
    }
    first += own;
  }
  return { header: { features: featureScheme, slots, ...about, heads: heads.map(headerOf) }, marks, weights };
}

/** A slot of the pair that is empty; none when the other one bears the same mark, or both are taken. */
function freeSlot(marks: Uint8Array, hash: number): number {
  const base = firstSlot(marks.length, hash);
  const mark = markOf(hash);
  if (marks[base] === mark || marks[base ^ 1] === mark) return -1;
  if (marks[base] === 0) return base;
  return marks[base ^ 1] === 0 ? base ^ 1 : -1;
}
