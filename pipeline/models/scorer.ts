import { CellSums } from './cells.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { FeatureReader, shareOf } from './features.ts';
import type { HeadHeader, Models } from './weights-file.ts';

/** Where the outputs of a head stand among all outputs. */
export interface HeadPlace {
  readonly head: HeadHeader;
  readonly first: number;
}

/** Calibrated log-odds of every output of every head, for one text. */
export type Scores = Float64Array;

const noSlot = -1;
const hashValues = 4_294_967_296;

/** The first slot of two that may hold an n-gram; the other one is its neighbour, `slot ^ 1`. */
export function firstSlot(slots: number, hash: number): number {
  return Math.floor((hash >>> 0) * (slots / hashValues));
}

/** Which slot holds the n-gram: of the two, the one with its mark; −1 when neither does. */
function slotOf(marks: Uint8Array, hash: number): number {
  const base = firstSlot(marks.length, hash);
  const mark = markOf(hash);
  if (marks[base] === mark) return base;
  return marks[base ^ 1] === mark ? base ^ 1 : noSlot;
}

/**
 * As `slotOf`, for the first `count` hashes; those found are written to `slots`, in order. Without a branch: which n-gram a
 * model knows is as good as chance, and a branch guessed wrong takes longer than all else here.
 * @returns how many were found
 */
function findSlots(marks: Uint8Array, hashes: Int32Array, count: number, slots: Int32Array): number {
  const scale = marks.length / hashValues;
  let found = 0;
  for (let i = 0; i < count; i += 1) {
    const hash = hashes[i] as number;
    const base = ((hash >>> 0) * scale) | 0;
    const mark = markOf(hash);
    const isHere = isZero((marks[base] as number) ^ mark);
    const isBeside = isZero((marks[base ^ 1] as number) ^ mark);
    slots[found] = base ^ 1 ^ isHere;
    found += isHere | isBeside;
  }
  return found;
}

/** 1 for zero and 0 for 1 … 255. */
function isZero(byte: number): number {
  return (byte - 1) >>> 31;
}

/** 1 … 255; 0 is an empty slot. */
export function markOf(hash: number): number {
  return hash & 0xff || 1;
}

/** Scores texts with all models in one pass over their n-grams. */
export class Scorer {
  readonly models: Models;
  readonly #places = new Map<string, HeadPlace>();
  readonly #scales: Float64Array;
  readonly #biases: Float64Array;
  readonly #cells: CellSums;
  readonly #features = new FeatureReader();
  /** Working space: the slots of one text. */
  readonly #slots = new Int32Array(this.#features.hashes.length);

  constructor(models: Models) {
    this.models = models;
    const outputs = models.header.heads.flatMap((head) => head.outputs);
    this.#scales = Float64Array.from(outputs, ({ scale }) => scale);
    this.#biases = Float64Array.from(outputs, ({ bias }) => bias);
    this.#cells = new CellSums(models.cells, models.outputs);
    let first = 0;
    for (const head of models.header.heads) {
      this.#places.set(head.name, { head, first });
      first += head.outputs.length;
    }
  }

  /** Units of the text that was scored last, as they were read. */
  get units(): number {
    return this.#features.units;
  }

  /** Null when the file holds no such head. */
  findHead(name: string): HeadPlace | null {
    return this.#places.get(name) ?? null;
  }

  /** @param text normalised. Never throws; linear time. */
  score(text: string): Scores {
    const features = this.#features;
    features.read(text);
    const { hashes, count } = features;
    const { marks, outputs } = this.models;
    const { sums } = this.#cells;
    this.#cells.addUp(this.#slots, findSlots(marks, hashes, count, this.#slots));
    const share = shareOf(count);
    const scores = new Float64Array(outputs);
    for (let k = 0; k < outputs; k += 1)
      scores[k] = (this.#biases[k] ?? 0) + (sums[k] ?? 0) * share * (this.#scales[k] ?? 0);
    return scores;
  }

  /**
   * What carried an output, strongest first: at most `most` spans of the normalised text that do not overlap, each with
   * what it added to the log-odds. For a softmax head this is against the mean of the other outputs and none.
   */
  explain(text: string, place: HeadPlace, output: number, most: number): Evidence[] {
    const features = this.#features;
    features.read(text);
    const share = shareOf(features.count);
    const factors = this.#factors(place, output);
    const { marks, weights, outputs } = this.models;
    return evidenceOf(text.length, features, most, (hash) => {
      const slot = slotOf(marks, hash);
      if (slot === noSlot) return 0;
      let worth = 0;
      for (let k = 0; k < factors.length; k += 1)
        worth += (factors[k] ?? 0) * (weights[slot * outputs + place.first + k] ?? 0);
      return worth * share;
    });
  }

  #factors({ head, first }: HeadPlace, output: number): Float64Array {
    const rivals = head.link === 'softmax' ? head.outputs.length : 0;
    return Float64Array.from(head.outputs, (_, k) => {
      const scale = this.#scales[first + k] ?? 0;
      if (k === output) return scale;
      return rivals === 0 ? 0 : -scale / rivals;
    });
  }
}

/** Of a logistic output. */
export function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Of the outputs of a softmax head in their order, and of none of them, last. */
export function sharesOf(scores: Scores, { head, first }: HeadPlace): Float64Array {
  const count = head.outputs.length;
  const shares = new Float64Array(count + 1);
  let highest = 0;
  for (let k = 0; k < count; k += 1) highest = Math.max(highest, scores[first + k] ?? 0);
  let sum = 0;
  for (let k = 0; k <= count; k += 1) {
    shares[k] = Math.exp((k < count ? (scores[first + k] ?? 0) : 0) - highest);
    sum += shares[k] ?? 0;
  }
  for (let k = 0; k <= count; k += 1) shares[k] = (shares[k] ?? 0) / sum;
  return shares;
}
