import { createHash } from 'node:crypto';

/** Chance that repeats: the same seed, the same throws. */
export class SeededChance {
  private thrown = 0;
  private readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
  }

  /** A whole number from `from` up to and without `to`. */
  between(from: number, to: number): number {
    const digest = createHash('sha256')
      .update(`${this.seed}/${this.thrown++}`)
      .digest();
    return from + (digest.readUInt32BE(0) % (to - from));
  }
}
