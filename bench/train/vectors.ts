import { FeatureReader, shareOf } from '../../pipeline/models/features.ts';
import { normalise } from '../../pipeline/text/normalise.ts';

/** N-grams by their hash, numbered in the order they were met. */
export class Vocabulary {
  hashes = new Int32Array(1 << 20);
  /** In how many rows. */
  rows = new Int32Array(1 << 20);
  count = 0;
  #table = new Int32Array(1 << 22).fill(-1);

  /** Number of the n-gram; a new one gets the next. */
  number(hash: number): number {
    const mask = this.#table.length - 1;
    let at = Math.imul(hash, 0x9e3779b1) & mask;
    for (;;) {
      const known = this.#table[at] ?? -1;
      if (known === -1) break;
      if (this.hashes[known] === hash) return known;
      at = (at + 1) & mask;
    }
    if (this.count * 2 > this.#table.length) {
      this.#grow();
      return this.number(hash);
    }
    if (this.count === this.hashes.length) {
      this.hashes = doubled(this.hashes);
      this.rows = doubled(this.rows);
    }
    this.#table[at] = this.count;
    this.hashes[this.count] = hash;
    this.count += 1;
    return this.count - 1;
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 2).fill(-1);
    for (let i = 0; i < this.count; i += 1) {
      let at = Math.imul(this.hashes[i] ?? 0, 0x9e3779b1) & (table.length - 1);
      while (table[at] !== -1) at = (at + 1) & (table.length - 1);
      table[at] = i;
    }
    this.#table = table;
  }
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Rows of n-gram numbers, one after another: row i is `features[offsets[i]…offsets[i + 1]]`. */
export interface Vectors {
  offsets: Int32Array;
  features: Int32Array;
  /** By row, the share of one n-gram: all that were read count, also those that are left out here. */
  shares: Float32Array;
  vocabulary: Vocabulary;
}

/** What is met in one row only teaches nothing about others. */
const leastRows = 2;

/** Leaves rare n-grams out and numbers the others anew. */
function compact(all: Omit<Vectors, 'shares'>): Omit<Vectors, 'shares'> {
  const { vocabulary: old } = all;
  const vocabulary = new Vocabulary();
  const numbers = new Int32Array(old.count).fill(-1);
  for (let i = 0; i < old.count; i += 1) {
    if ((old.rows[i] ?? 0) < leastRows) continue;
    const number = vocabulary.number(old.hashes[i] ?? 0);
    vocabulary.rows[number] = old.rows[i] ?? 0;
    numbers[i] = number;
  }
  const offsets = new Int32Array(all.offsets.length);
  let length = 0;
  for (let row = 0; row + 1 < offsets.length; row += 1) {
    for (let i = all.offsets[row] ?? 0; i < (all.offsets[row + 1] ?? 0); i += 1) {
      const number = numbers[all.features[i] ?? 0] ?? -1;
      if (number === -1) continue;
      all.features[length] = number;
      length += 1;
    }
    offsets[row + 1] = length;
  }
  return { offsets, features: all.features.slice(0, length), vocabulary };
}

/** Every text as the judge will read it, over one common vocabulary. */
export function vectorise(texts: readonly string[]): Vectors {
  const reader = new FeatureReader();
  const vocabulary = new Vocabulary();
  const offsets = new Int32Array(texts.length + 1);
  const shares = new Float32Array(texts.length);
  let features = new Int32Array(1 << 22);
  let length = 0;
  texts.forEach((text, row) => {
    reader.read(normalise(text).text);
    while (length + reader.count > features.length) features = doubled(features);
    for (let i = 0; i < reader.count; i += 1) {
      const number = vocabulary.number(reader.hashes[i] ?? 0);
      vocabulary.rows[number] = (vocabulary.rows[number] ?? 0) + 1;
      features[length] = number;
      length += 1;
    }
    offsets[row + 1] = length;
    shares[row] = shareOf(reader.count);
  });
  return { ...compact({ offsets, features, vocabulary }), shares };
}

/** The same rows and numbers, with those n-grams alone that are kept; shares still count all that were read. */
export function keepOnly(vectors: Vectors, isKept: (hash: number) => boolean): Vectors {
  const { offsets: old, features: all, vocabulary } = vectors;
  const kept = Uint8Array.from(vocabulary.hashes.subarray(0, vocabulary.count), (hash) =>
    Number(isKept(hash)),
  );
  const offsets = new Int32Array(old.length);
  const features = new Int32Array(all.length);
  let length = 0;
  for (let row = 0; row + 1 < old.length; row += 1) {
    for (let i = old[row] ?? 0; i < (old[row + 1] ?? 0); i += 1) {
      const feature = all[i] ?? 0;
      if (kept[feature] !== 1) continue;
      features[length] = feature;
      length += 1;
    }
    offsets[row + 1] = length;
  }
  return { ...vectors, offsets, features: features.slice(0, length) };
}
