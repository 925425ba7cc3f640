import { Automaton } from './automaton.ts';

const unplaced = -1;

/** Units by how many words hold them: the frequent ones get low classes, so that the array stays dense. */
function classify(words: readonly string[]): { classes: Uint16Array; count: number } {
  const uses = new Uint32Array(0x10000);
  for (const word of words) {
    for (let i = 0; i < word.length; i += 1) {
      const unit = word.charCodeAt(i);
      uses[unit] = (uses[unit] as number) + 1;
    }
  }
  const used: number[] = [];
  for (let unit = 0; unit < uses.length; unit += 1) if (uses[unit] !== 0) used.push(unit);
  used.sort((a, b) => (uses[b] as number) - (uses[a] as number) || a - b);
  const classes = new Uint16Array(0x10000);
  used.forEach((unit, rank) => {
    classes[unit] = rank + 1;
  });
  return { classes, count: used.length + 1 };
}

/** Words by class, each once, with the place each had in the list. */
function sortWords(words: readonly string[], classes: Uint16Array): { codes: Uint16Array; word: number }[] {
  const coded: { codes: Uint16Array; word: number }[] = [];
  words.forEach((word, at) => {
    if (word === '') return;
    const codes = new Uint16Array(word.length);
    for (let i = 0; i < word.length; i += 1) codes[i] = classes[word.charCodeAt(i)] as number;
    coded.push({ codes, word: at });
  });
  const compare = (a: Uint16Array, b: Uint16Array): number => {
    const shorter = Math.min(a.length, b.length);
    for (let i = 0; i < shorter; i += 1) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
    return a.length - b.length;
  };
  return coded.sort((a, b) => compare(a.codes, b.codes));
}

/** Room of the double array while it grows; free places are chained, so that finding one stays quick. */
class Places {
  base: Int32Array;
  check: Int32Array;
  word: Int32Array;
  used = 1;
  #firstFree = 1;

  constructor(size: number) {
    this.base = new Int32Array(size);
    this.check = new Int32Array(size).fill(unplaced);
    this.word = new Int32Array(size).fill(unplaced);
    this.check[0] = 0;
  }

  #reserve(size: number): void {
    if (size <= this.check.length) return;
    const room = Math.max(size, this.check.length * 2);
    const grow = (table: Int32Array, filler: number): Int32Array => {
      const larger = new Int32Array(room).fill(filler);
      larger.set(table);
      return larger;
    };
    this.base = grow(this.base, 0);
    this.check = grow(this.check, unplaced);
    this.word = grow(this.word, unplaced);
  }

  /** A base at which every class finds a free place; the places are taken. */
  place(state: number, classes: readonly number[]): number {
    const lowest = classes[0] as number;
    const highest = classes.at(-1) as number;
    let at = Math.max(this.#firstFree, lowest);
    let tries = 0;
    for (; ; at += 1) {
      this.#reserve(at - lowest + highest + 1);
      if (this.check[at] !== unplaced) continue;
      tries += 1;
      if (this.#fits(at - lowest, classes)) break;
    }
    // Where a long search found mostly taken places, the next one starts behind them: some room is given up for speed.
    if (tries > 64 && classes.length > 1) this.#firstFree = Math.max(this.#firstFree, at - 64);
    const base = at - lowest;
    for (const cls of classes) this.check[base + cls] = state;
    this.base[state] = base;
    this.used = Math.max(this.used, base + highest + 1);
    while (this.check[this.#firstFree] !== unplaced && this.#firstFree < this.check.length)
      this.#firstFree += 1;
    return base;
  }

  #fits(base: number, classes: readonly number[]): boolean {
    for (const cls of classes) if (this.check[base + cls] !== unplaced) return false;
    return true;
  }
}

interface Pending {
  state: number;
  depth: number;
  from: number;
  to: number;
}

/**
 * Compiles words once; the same word twice counts as its last place in the list, and empty ones are never found. Takes a
 * fraction of a second for 50,000 words.
 */
export function buildAutomaton(words: readonly string[]): Automaton {
  const { classes, count } = classify(words);
  const sorted = sortWords(words, classes);
  const units = sorted.reduce((sum, { codes }) => sum + codes.length, 0);
  const places = new Places(Math.max(count * 2, units + count));
  const order: { state: number; parent: number; cls: number }[] = [];
  const pending: Pending[] = [{ state: 0, depth: 0, from: 0, to: sorted.length }];
  for (let next = 0; next < pending.length; next += 1) {
    const { state, depth, from, to } = pending[next] as Pending;
    const heads: number[] = [];
    const starts: number[] = [];
    for (let i = from; i < to; i += 1) {
      const { codes, word } = sorted[i] as { codes: Uint16Array; word: number };
      if (codes.length === depth) places.word[state] = word;
      else if (heads.length === 0 || heads.at(-1) !== codes[depth]) {
        heads.push(codes[depth] as number);
        starts.push(i);
      }
    }
    if (heads.length === 0) continue;
    const base = places.place(state, heads);
    heads.forEach((cls, k) => {
      const child = base + cls;
      order.push({ state: child, parent: state, cls });
      pending.push({ state: child, depth: depth + 1, from: starts[k] as number, to: starts[k + 1] ?? to });
    });
  }
  return link(places, order, { classes, count, lengths: Uint32Array.from(words, (word) => word.length) });
}

/** Failure links, breadth first: `order` names parents before children and short prefixes before long ones. */
function link(
  places: Places,
  order: readonly { state: number; parent: number; cls: number }[],
  words: { classes: Uint16Array; count: number; lengths: Uint32Array },
): Automaton {
  // A class added to any base stays inside the array.
  const size = places.used + words.count;
  const base = resized(places.base, size, 0);
  const check = resized(places.check, size, unplaced);
  const word = resized(places.word, size, unplaced);
  const fail = new Int32Array(size);
  const ends = new Int32Array(size);
  for (const { state, parent, cls } of order) {
    if (parent !== 0) {
      let from = fail[parent] as number;
      while (from !== 0 && check[(base[from] as number) + cls] !== from) from = fail[from] as number;
      const target = (base[from] as number) + cls;
      fail[state] = check[target] === from ? target : 0;
    }
    ends[state] = word[state] === unplaced ? (ends[fail[state] as number] as number) : state;
  }
  return new Automaton({ classes: words.classes, base, check, fail, word, ends, lengths: words.lengths });
}

function resized(table: Int32Array, size: number, filler: number): Int32Array {
  const result = new Int32Array(size).fill(filler);
  result.set(table.subarray(0, Math.min(size, table.length)));
  return result;
}
