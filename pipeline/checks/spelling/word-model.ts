/** How likely words are, and one after the other. Natural logarithms; the stored steps are tenths. */
export interface WordModelData {
  /** By word number: -10 ln P. */
  costs: Uint8Array;
  /** By word number: what is paid when the pair is unknown, (2 - ln weight) * 40. */
  backOffs: Uint8Array;
  /** Pairs of word `h` stand from `heads[h]` to `heads[h + 1]`; only the first words have any. */
  heads: Uint32Array;
  /** Second word of a pair, rising within a head. */
  seconds: Uint16Array;
  /** -10 ln P(second | first). */
  pairCosts: Uint8Array;
}

const unknownCost = 15;

export class WordModel {
  readonly #data: WordModelData;
  readonly #backOff: Float32Array;

  constructor(data: WordModelData) {
    this.#data = data;
    this.#backOff = Float32Array.from(data.backOffs, (step) => 2 - step / 40);
  }

  /** ln P(word); -1 is a character that is no word. */
  alone(word: number): number {
    return word === -1 ? -unknownCost : -(this.#data.costs[word] as number) / 10;
  }

  /** ln P(word | before). */
  after(before: number, word: number): number {
    if (before === -1 || word === -1) return this.alone(word);
    const { heads, seconds, pairCosts } = this.#data;
    if (before + 1 >= heads.length || word > 0xffff)
      return this.alone(word) + (this.#backOff[before] as number);
    let low = heads[before] as number;
    let high = heads[before + 1] as number;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((seconds[middle] as number) < word) low = middle + 1;
      else high = middle;
    }
    if (low < (heads[before + 1] as number) && seconds[low] === word) return -(pairCosts[low] as number) / 10;
    return this.alone(word) + (this.#backOff[before] as number);
  }
}
