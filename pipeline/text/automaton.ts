/**
 * Aho–Corasick over UTF-16 units, kept in a double array: a text is read once, whatever the number of words. Units that no
 * word holds share class 0; the others have a class of their own. State 0 is the start.
 */
export class Automaton {
  readonly #classes: Uint16Array;
  readonly #base: Int32Array;
  readonly #check: Int32Array;
  readonly #fail: Int32Array;
  /** The word that ends in a state, or -1. */
  readonly #word: Int32Array;
  /** The first state that ends a word, from a state along its failure links; 0 when none. */
  readonly #ends: Int32Array;
  readonly #lengths: Uint32Array;

  constructor(tables: AutomatonTables) {
    this.#classes = tables.classes;
    this.#base = tables.base;
    this.#check = tables.check;
    this.#fail = tables.fail;
    this.#word = tables.word;
    this.#ends = tables.ends;
    this.#lengths = tables.lengths;
  }

  /** Size of all tables, in bytes. */
  get bytes(): number {
    const tables = [
      this.#classes,
      this.#base,
      this.#check,
      this.#fail,
      this.#word,
      this.#ends,
      this.#lengths,
    ];
    return tables.reduce((sum, table) => sum + table.byteLength, 0);
  }

  /**
   * Calls back for every occurrence of every word, by end, longer ones first. Linear in the text and the occurrences.
   * @param onWord `word` is the index in the list that `buildAutomaton` was given
   */
  search(
    text: string,
    onWord: (word: number, start: number, end: number) => void,
    from = 0,
    to = text.length,
  ): void {
    const classes = this.#classes;
    const base = this.#base;
    const check = this.#check;
    const fail = this.#fail;
    const ends = this.#ends;
    let state = 0;
    for (let i = from; i < to; i += 1) {
      const cls = classes[text.charCodeAt(i)] as number;
      if (cls === 0) {
        state = 0;
        continue;
      }
      let next = (base[state] as number) + cls;
      while (check[next] !== state && state !== 0) {
        state = fail[state] as number;
        next = (base[state] as number) + cls;
      }
      if (check[next] !== state) continue;
      state = next;
      for (let end = ends[state] as number; end !== 0; end = ends[fail[end] as number] as number) {
        const word = this.#word[end] as number;
        onWord(word, i + 1 - (this.#lengths[word] as number), i + 1);
      }
    }
  }

  /** Does any word occur? Stops at the first. */
  hasAny(text: string): boolean {
    const classes = this.#classes;
    const base = this.#base;
    const check = this.#check;
    const fail = this.#fail;
    const ends = this.#ends;
    let state = 0;
    for (let i = 0; i < text.length; i += 1) {
      const cls = classes[text.charCodeAt(i)] as number;
      if (cls === 0) {
        state = 0;
        continue;
      }
      let next = (base[state] as number) + cls;
      while (check[next] !== state && state !== 0) {
        state = fail[state] as number;
        next = (base[state] as number) + cls;
      }
      if (check[next] !== state) continue;
      state = next;
      if (ends[state] !== 0) return true;
    }
    return false;
  }
}

export interface AutomatonTables {
  classes: Uint16Array;
  base: Int32Array;
  check: Int32Array;
  fail: Int32Array;
  word: Int32Array;
  ends: Int32Array;
  lengths: Uint32Array;
}
