import { isHan } from '../../text/han.ts';
import { type Lattice, longestWord, scoreThrough, type Through } from './lattice.ts';
import type { Likeness } from './likeness.ts';
import type { WordModel } from './word-model.ts';
import type { WordTable } from './word-table.ts';

/** Pairs of a wrong and a right character that people have written. */
export interface KnownPairs {
  /** How often, in the texts that were learned from. */
  count(wrong: number, right: number): number;
  /** The right ones for a wrong one. */
  rightFor(wrong: number): readonly number[];
}

export interface Knowledge {
  table: WordTable;
  model: WordModel;
  likeness: Likeness;
  pairs: KnownPairs;
  /** Frequent single characters by sound, for words of one character. */
  homophones(unit: number): readonly number[];
}

/** A word that might have been meant. */
export interface Candidate {
  /** Of the word. */
  start: number;
  end: number;
  word: number;
  /** The first and the last character that change, end exclusive. */
  from: number;
  to: number;
  changed: number;
  through: Through;
  /** By how much the reading gets more likely. */
  gain: number;
}

/** Nothing that makes the reading this much less likely is looked at again. */
const leastGain = -3;
/** A word gains about this much from its neighbours at most (ln P). */
const mostFromNeighbours = 8;

class Collector {
  readonly found: Candidate[] = [];
  readonly #knowledge: Knowledge;
  readonly #lattice: Lattice;
  readonly #bestTo: readonly number[];
  readonly #bestFrom: readonly number[];

  constructor(knowledge: Knowledge, lattice: Lattice) {
    this.#knowledge = knowledge;
    this.#lattice = lattice;
    this.#bestTo = lattice.ending.map((arcs, at) =>
      at === 0 ? 0 : Math.max(...arcs.map(({ before }) => before)),
    );
    this.#bestFrom = lattice.starting.map((arcs, at) =>
      at === lattice.text.length ? 0 : Math.max(...arcs.map((arc) => arc.after)),
    );
  }

  /** The rows hold every pair that was learned; those that count here may be fewer. */
  #isLike({ meant, start }: { meant: string; start: number }): boolean {
    const { likeness, pairs } = this.#knowledge;
    for (let i = 0; i < meant.length; i += 1) {
      const [a, b] = [this.#lattice.text.charCodeAt(start + i), meant.charCodeAt(i)];
      if (a !== b && likeness.sound(a, b) === 0 && likeness.shape(a, b) === 0 && pairs.count(a, b) === 0)
        return false;
    }
    return true;
  }

  add(start: number, end: number, word: number): void {
    const { model, table } = this.#knowledge;
    const { text, best } = this.#lattice;
    const likely = Math.min(0, model.alone(word) + mostFromNeighbours);
    if ((this.#bestTo[start] as number) + likely + (this.#bestFrom[end] as number) - best < leastGain) return;
    const through = scoreThrough(this.#lattice, model, { start, end, word });
    const gain = through.score - best;
    if (!(gain >= leastGain)) return;
    const meant = table.words[word] as string;
    let from = -1;
    let to = -1;
    let changed = 0;
    for (let i = 0; i < meant.length; i += 1) {
      if (meant.charCodeAt(i) === text.charCodeAt(start + i)) continue;
      if (from === -1) from = start + i;
      to = start + i + 1;
      changed += 1;
    }
    if (changed > 0 && (meant.length >= 3 || this.#isLike({ meant, start })))
      this.found.push({ start, end, word, from, to, changed, through, gain });
  }
}

function collectOneOff(
  knowledge: Knowledge,
  text: string,
  place: { start: number; end: number; collector: Collector },
): void {
  const { table, likeness } = knowledge;
  const { start: from, end: to, collector } = place;
  for (let gap = from; gap < to; gap += 1) {
    // In a long word a single wrong character may be any.
    const like = to - from >= 3 ? null : likeness.rowOf(text.charCodeAt(gap));
    table.eachExcept(text, { from, to, gap, like }, (word) => collector.add(from, to, word));
  }
}

function collectSounds(
  knowledge: Knowledge,
  text: string,
  place: { start: number; end: number; collector: Collector },
): void {
  const { table, likeness } = knowledge;
  const { start, end, collector } = place;
  const sound = likeness.soundOf(text, start, end);
  if (sound === 0) return;
  for (const word of table.soundingLike(sound)) {
    const meant = table.words[word] as string;
    if (meant.length !== end - start) continue;
    let changed = 0;
    let fits = true;
    for (let i = 0; i < meant.length && fits; i += 1) {
      const [a, b] = [text.charCodeAt(start + i), meant.charCodeAt(i)];
      if (a === b) continue;
      changed += 1;
      fits = likeness.sound(a, b) !== 0;
    }
    // One changed character has been looked at already.
    if (fits && changed >= 2 && changed <= 3) collector.add(start, end, word);
  }
}

/** Every word that might have been meant somewhere, unless the reading gets far less likely by it. */
export function findCandidates(knowledge: Knowledge, lattice: Lattice): Candidate[] {
  const { table, pairs, homophones } = knowledge;
  const { text } = lattice;
  const collector = new Collector(knowledge, lattice);
  for (let start = 0; start < text.length; start += 1) {
    const unit = text.charCodeAt(start);
    if (!isHan(unit)) continue;
    const singles = new Set([...pairs.rightFor(unit), ...homophones(unit)]);
    for (const right of singles) {
      const word = table.find(String.fromCharCode(right), 0, 1);
      if (word !== -1 && right !== unit) collector.add(start, start + 1, word);
    }
    for (let end = start + 2; end <= Math.min(text.length, start + longestWord); end += 1) {
      if (!isHan(text.charCodeAt(end - 1))) break;
      collectOneOff(knowledge, text, { start, end, collector });
      collectSounds(knowledge, text, { start, end, collector });
    }
  }
  return collector.found;
}
