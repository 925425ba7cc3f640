import { mostUnits, UnitReader } from './reading-units.ts';

/** Stands in every weights file: weights are worth nothing with other features. Change it with anything below. */
export const featureScheme = 'chars-1-3/4';
const longestGram = 3;

const seenSize = 8192;
/** Units that stand for the beginning and the end. */
const edges = 2;

function mixed(hash: number): number {
  let h = hash ^ (hash >>> 15);
  h = Math.imul(h, 0x2c1b3c6d);
  h ^= h >>> 12;
  h = Math.imul(h, 0x297a2d39);
  return h ^ (h >>> 15);
}

/**
 * The n-grams of a text, each once: 1 to 3 neighbouring units, as 32-bit hashes. Buffers belong to the reader and are
 * overwritten by the next text. Takes linear time, builds no strings, and reads any string.
 */
export class FeatureReader {
  /** Signed 32-bit hashes; the first `count` are those of the text. */
  readonly hashes = new Int32Array(mostUnits * longestGram);
  /** Index of the first unit, and how many units; `spanOf` makes offsets of them. */
  readonly firsts = new Int32Array(mostUnits * longestGram);
  readonly sizes = new Uint8Array(mostUnits * longestGram);
  count = 0;
  /** Units as they were read: a word for a group of people is one, however long it is (R15). */
  units = 0;
  readonly #reader: UnitReader;
  readonly #seen = new Int32Array(seenSize);
  #text = 0;

  constructor(reader: UnitReader = new UnitReader()) {
    this.#reader = reader;
  }

  /** @param text normalised */
  read(text: string): void {
    const reader = this.#reader;
    reader.read(text);
    const { units, length } = reader;
    const { hashes, firsts, sizes } = this;
    const seen = this.#seen;
    // Another key for every text makes what the table still holds from the last one strange, without clearing it.
    this.#text = (this.#text + 1) | 0;
    const key = Math.imul(this.#text, 0x9e3779b1);
    let count = 0;
    for (let i = 0; i < length; i += 1) {
      let rolling = 0x811c9dc5;
      const last = Math.min(longestGram, length - i);
      for (let n = 0; n < last; n += 1) {
        rolling = Math.imul(rolling ^ (units[i + n] as number), 0x01000193) + n;
        rolling ^= rolling >>> 13;
        const hash = mixed(rolling);
        const place = hash & (seenSize - 1);
        const mark = hash ^ key;
        if (seen[place] === mark) continue;
        seen[place] = mark;
        hashes[count] = hash;
        firsts[count] = i;
        sizes[count] = n + 1;
        count += 1;
      }
    }
    this.count = count;
    this.units = length - edges;
  }

  /** Offsets in the normalised text of the n-gram at `index`. An edge alone is empty. */
  spanOf(index: number): { start: number; end: number } {
    const first = this.firsts[index] ?? 0;
    const last = first + (this.sizes[index] ?? 1) - 1;
    return { start: this.#reader.starts[first] ?? 0, end: this.#reader.ends[last] ?? 0 };
  }
}

/** The share of one n-gram in a sum: long and short texts weigh alike. */
export function shareOf(count: number): number {
  return count === 0 ? 0 : 1 / Math.sqrt(count);
}
