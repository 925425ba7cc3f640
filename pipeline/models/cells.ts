/**
 * The weights as the scorer adds them up: the bytes of a slot in 32-bit words, each byte 128 too large, so that four of
 * them are added by two additions and never borrow from each other.
 */
const excess = 128;
/** After so many additions a 16-bit lane could overflow. */
const mostAdditions = 256;

function wordsPerSlot(outputs: number): number {
  return Math.ceil(outputs / 4);
}

/** In shared memory, for all threads. @param weights `weights[slot * outputs + output]` */
export function layOutCells(weights: Int8Array, outputs: number): Int32Array {
  const perSlot = wordsPerSlot(outputs) * 4;
  const slots = weights.length / Math.max(1, outputs);
  const cells = new Int32Array(new SharedArrayBuffer(slots * perSlot));
  const bytes = new Uint8Array(cells.buffer);
  for (let slot = 0; slot < slots; slot += 1)
    for (let k = 0; k < outputs; k += 1)
      bytes[slot * perSlot + k] = (weights[slot * outputs + k] ?? 0) + excess;
  return cells;
}

/** Sums by output over cells that were added up. */
export class CellSums {
  readonly sums: Int32Array;
  readonly #cells: Int32Array;
  readonly #words: number;

  constructor(cells: Int32Array, outputs: number) {
    this.#cells = cells;
    this.#words = wordsPerSlot(outputs);
    // Room for whole words: what a last word holds beyond the outputs is added up as well, and never read.
    this.sums = new Int32Array(this.#words * 4);
  }

  /** @param slots whose cells are added up: the first `count` of them */
  addUp(slots: Int32Array, count: number): void {
    this.sums.fill(0);
    for (let from = 0; from < count; from += mostAdditions)
      this.#addPart(slots, from, Math.min(count, from + mostAdditions));
  }

  /** Word by word and not slot by slot: two lanes stay in registers, and the reads of the first word do not wait for one another. */
  #addPart(slots: Int32Array, from: number, to: number): void {
    const { sums } = this;
    const cells = this.#cells;
    const words = this.#words;
    const tooLarge = excess * (to - from);
    for (let word = 0; word < words; word += 1) {
      let even = 0;
      let odd = 0;
      for (let i = from; i < to; i += 1) {
        const four = cells[(slots[i] as number) * words + word] as number;
        even = (even + (four & 0x00ff00ff)) | 0;
        odd = (odd + ((four >>> 8) & 0x00ff00ff)) | 0;
      }
      const k = word * 4;
      sums[k] = (sums[k] as number) + (even & 0xffff) - tooLarge;
      sums[k + 1] = (sums[k + 1] as number) + (odd & 0xffff) - tooLarge;
      sums[k + 2] = (sums[k + 2] as number) + (even >>> 16) - tooLarge;
      sums[k + 3] = (sums[k + 3] as number) + (odd >>> 16) - tooLarge;
    }
  }
}
