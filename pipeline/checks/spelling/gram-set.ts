import { hashUnits } from './word-table.ts';

export const shortestGram = 2;
export const longestGram = 4;

/** Runs of characters that stand in texts known to be right. */
export interface Grams {
  has(text: string, from: number, to: number): boolean;
}

const perBucket = 4;
const mix = (hash: number) => Math.imul(hash ^ (hash >>> 13), 0x5bd1e995) >>> 0;
const markOf = (hash: number) => (mix(hash) >>> 16) | 1;
const bucketOf = (hash: number, buckets: number) => Math.floor((hash / 2 ** 32) * buckets);

/** A set of hashes: 16-bit marks in buckets of four; one in ten thousand strangers is taken for a member. */
export class GramSet implements Grams {
  readonly marks: Uint16Array;

  constructor(marks: Uint16Array) {
    this.marks = marks;
  }

  /** A gram that finds its bucket full stays out. */
  static of(hashes: Iterable<number>, buckets: number): GramSet {
    const marks = new Uint16Array(buckets * perBucket);
    for (const hash of hashes) {
      const first = bucketOf(hash, buckets) * perBucket;
      const mark = markOf(hash);
      for (let i = first; i < first + perBucket; i += 1) {
        if (marks[i] === mark) break;
        if (marks[i] !== 0) continue;
        marks[i] = mark;
        break;
      }
    }
    return new GramSet(marks);
  }

  has(text: string, from: number, to: number): boolean {
    const hash = hashUnits(text, from, to);
    const first = bucketOf(hash, this.marks.length / perBucket) * perBucket;
    const mark = markOf(hash);
    for (let i = first; i < first + perBucket; i += 1) if (this.marks[i] === mark) return true;
    return false;
  }
}
