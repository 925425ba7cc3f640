import { isHan } from '../../text/han.ts';
import type { WordModel } from './word-model.ts';
import type { WordTable } from './word-table.ts';

/** A word on its place. */
export interface Arc {
  start: number;
  end: number;
  /** -1: a character that is no word. */
  word: number;
  /** ln P of the best way here, this word included. */
  before: number;
  /** ln P of the best way on, without this word. */
  after: number;
  /** The arc before it on the best way. */
  previous: Arc | null;
}

/** Stands for figures, letters and signs that have no name of their own. */
const otherSign = '#';
const namedSigns: Readonly<Record<string, string>> = {
  '、': '，',
  ',': '，',
  ';': '；',
  '?': '？',
  '!': '！',
  ':': '：',
};
/** Words longer than this are read in parts. */
export const longestWord = 8;

/** All ways to read a text as words. */
export interface Lattice {
  text: string;
  /** By offset where they begin, and where they end. */
  starting: readonly (readonly Arc[])[];
  ending: readonly (readonly Arc[])[];
  /** ln P of the best way. */
  best: number;
  /** The best way, in order. */
  way: readonly Arc[];
}

function signAt(table: WordTable, text: string, at: number): number {
  const sign = text.charAt(at);
  const named = table.find(namedSigns[sign] ?? sign, 0, 1);
  return named === -1 ? table.find(otherSign, 0, 1) : named;
}

function layArcs(table: WordTable, text: string): { starting: Arc[][]; ending: Arc[][] } {
  const starting: Arc[][] = Array.from({ length: text.length + 1 }, () => []);
  const ending: Arc[][] = Array.from({ length: text.length + 1 }, () => []);
  const lay = (start: number, end: number, word: number) => {
    const arc = { start, end, word, before: Number.NEGATIVE_INFINITY, after: 0, previous: null };
    starting[start]?.push(arc);
    ending[end]?.push(arc);
  };
  for (let start = 0; start < text.length; start += 1) {
    if (!isHan(text.charCodeAt(start))) {
      // A run of figures and letters is one sign.
      let end = start + 1;
      const sign = signAt(table, text, start);
      while (end < text.length && !isHan(text.charCodeAt(end)) && signAt(table, text, end) === sign) end += 1;
      lay(start, end, sign);
      start = end - 1;
      continue;
    }
    lay(start, start + 1, table.find(text, start, start + 1));
    for (let end = start + 2; end <= Math.min(text.length, start + longestWord); end += 1) {
      if (!isHan(text.charCodeAt(end - 1))) break;
      const word = table.find(text, start, end);
      if (word !== -1) lay(start, end, word);
    }
  }
  return { starting, ending };
}

/** @param text a sentence or two: time and memory grow with it */
export function buildLattice(table: WordTable, model: WordModel, text: string): Lattice {
  const { starting, ending } = layArcs(table, text);
  for (const arcs of starting) {
    for (const arc of arcs) {
      if (arc.start === 0) arc.before = model.alone(arc.word);
      for (const previous of ending[arc.start] ?? []) {
        const score = previous.before + model.after(previous.word, arc.word);
        if (score <= arc.before) continue;
        arc.before = score;
        arc.previous = previous;
      }
    }
  }
  for (let at = text.length; at > 0; at -= 1) {
    for (const arc of ending[at] ?? []) {
      if (at === text.length) continue;
      let best = Number.NEGATIVE_INFINITY;
      for (const next of starting[at] ?? [])
        best = Math.max(best, model.after(arc.word, next.word) + next.after);
      arc.after = best;
    }
  }
  let last: Arc | null = null;
  for (const arc of ending[text.length] ?? []) if (last === null || arc.before > last.before) last = arc;
  const way: Arc[] = [];
  for (let arc = last; arc !== null; arc = arc.previous) way.push(arc);
  return { text, starting, ending, best: last?.before ?? 0, way: way.reverse() };
}

/** A word in the place of others: how likely the best way through it is, and what it gains from its neighbours. */
export interface Through {
  score: number;
  /** ln P(word | before) - ln P(word), and ln P(after | word) - ln P(after). */
  left: number;
  right: number;
}

export function scoreThrough(
  lattice: Lattice,
  model: WordModel,
  { start, end, word }: { start: number; end: number; word: number },
): Through {
  const alone = model.alone(word);
  let before = 0;
  let left = 0;
  if (start > 0) {
    before = Number.NEGATIVE_INFINITY;
    for (const arc of lattice.ending[start] ?? []) {
      const step = model.after(arc.word, word);
      if (arc.before + step <= before) continue;
      before = arc.before + step;
      left = step - alone;
    }
  } else before = alone;
  let after = 0;
  let right = 0;
  if (end < lattice.text.length) {
    after = Number.NEGATIVE_INFINITY;
    for (const arc of lattice.starting[end] ?? []) {
      const step = model.after(word, arc.word);
      if (step + arc.after <= after) continue;
      after = step + arc.after;
      right = step - model.alone(arc.word);
    }
  }
  return { score: before + after, left, right };
}
