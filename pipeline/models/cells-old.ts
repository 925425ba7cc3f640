/**
 * The weights as the scorer adds them up: the bytes of a slot in 32-bit words, each byte 128 too large, so that four of
 * them are added by two additions and never borrow from each other.
 */
export const excess = 128;
/** After so many additions a 16-bit lane could overflow. */
export const mostAdditions = 256;

export function wordsPerSlot(outputs: number): number {
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
  readonly #lanes: Int32Array;
  #added = 0;

  constructor(cells: Int32Array, outputs: number) {
    this.#cells = cells;
    this.sums = new Int32Array(outputs);
    this.#lanes = new Int32Array(wordsPerSlot(outputs) * 2);
  }

  start(): void {
    this.sums.fill(0);
    this.#lanes.fill(0);
    this.#added = 0;
  }

  add(slot: number): void {
    if (this.#added === mostAdditions) this.finish();
    const cells = this.#cells;
    const lanes = this.#lanes;
    const words = lanes.length >> 1;
    const at = slot * words;
    for (let word = 0; word < words; word += 1) {
      const four = cells[at + word] as number;
      const lane = word << 1;
      lanes[lane] = (lanes[lane] as number) + (four & 0x00ff00ff);
      lanes[lane + 1] = (lanes[lane + 1] as number) + ((four >>> 8) & 0x00ff00ff);
    }
    this.#added += 1;
  }

  /** Brings the lanes into the sums; more can be added afterwards. */
  finish(): void {
    const { sums } = this;
    const lanes = this.#lanes;
    const tooLarge = excess * this.#added;
    for (let k = 0; k < sums.length; k += 1) {
      const lane = lanes[(k >> 2) * 2 + (k & 1)] as number;
      sums[k] = (sums[k] as number) + ((k & 2) === 0 ? lane & 0xffff : lane >>> 16) - tooLarge;
    }
    lanes.fill(0);
    this.#added = 0;
  }
}
