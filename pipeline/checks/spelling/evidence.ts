import type { Candidate, Knowledge } from './candidates.ts';
import { type Grams, longestGram, shortestGram } from './gram-set.ts';
import type { Arc, Lattice } from './lattice.ts';

/** What speaks for and against a candidate, in the order the trees were grown with. */
const evidenceNames = [
  'gain',
  'lead',
  'rivals',
  'changed',
  'word-length',
  'word-cost',
  'word-left',
  'word-right',
  'written-is-word',
  'sound',
  'shape',
  'pair-count',
  'pair-back',
  'written-unit-cost',
  'meant-unit-cost',
  'way-words',
  'way-singles',
  'way-cost',
  'way-unknown',
  'cut-word-length',
  'cut-word-cost',
  'text-cost',
  'gram-written',
  'gram-meant',
  'grams-written',
  'grams-meant',
  'grams-possible',
  'gain-around',
  'at-word-start',
  'tail',
  'repeats',
  'text-length',
] as const;
export const evidenceCount = evidenceNames.length;
/** Changes with the meaning of any of them. */
export const evidenceScheme = `spelling-1:${evidenceNames.join(',')}`;

interface GramEvidence {
  longest: number;
  known: number;
  possible: number;
}

/** Which runs of characters that hold the place are known: as long as they may be, and how many. */
function gramsAround(grams: Grams, text: string, { from, to }: { from: number; to: number }): GramEvidence {
  let longest = 0;
  let known = 0;
  let possible = 0;
  for (let length = Math.max(shortestGram, to - from); length <= longestGram; length += 1) {
    for (let start = Math.max(0, to - length); start <= from && start + length <= text.length; start += 1) {
      possible += 1;
      if (!grams.has(text, start, start + length)) continue;
      known += 1;
      longest = length;
    }
  }
  return { longest, known, possible };
}

interface Around {
  words: number;
  singles: number;
  cost: number;
  unknown: number;
  cut: Arc | null;
}

/** The words of the best way that the candidate takes the place of. */
function wayAround(lattice: Lattice, { start, end, from, to }: Candidate, knowledge: Knowledge): Around {
  const around: Around = { words: 0, singles: 0, cost: 0, unknown: 0, cut: null };
  for (const arc of lattice.way) {
    if (arc.end <= start || arc.start >= end) continue;
    around.words += 1;
    if (arc.end - arc.start === 1) around.singles += 1;
    if (arc.word === -1) around.unknown += 1;
    around.cost += -knowledge.model.alone(arc.word);
    if (
      arc.start < to &&
      arc.end > from &&
      (around.cut === null || arc.end - arc.start > around.cut.end - around.cut.start)
    )
      around.cut = arc;
  }
  return around;
}

/** How often the written characters stand in the text: what stands there twice is hardly a slip. */
function repeatsOf(text: string, written: string): number {
  let count = 0;
  for (let at = text.indexOf(written); at !== -1 && count < 4; at = text.indexOf(written, at + 1)) count += 1;
  return count;
}

export interface Weighed {
  candidate: Candidate;
  /** By how much it is ahead of the next other change at the same place; what there is of those. */
  lead: number;
  rivals: number;
}

function resultOf(knowledge: Knowledge, { word, start, from, to }: Candidate): string {
  return (knowledge.table.words[word] as string).slice(from - start, to - start);
}

/** The same change may come of different words; the one that gains most is kept. */
export function weighAll(knowledge: Knowledge, candidates: readonly Candidate[]): Weighed[] {
  const best = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = `${candidate.from}:${resultOf(knowledge, candidate)}`;
    const known = best.get(key);
    if (known === undefined || known.gain < candidate.gain) best.set(key, candidate);
  }
  const kept = [...best.values()];
  return kept.map((candidate) => {
    let rivals = 0;
    let next = -6;
    for (const other of kept) {
      if (other === candidate || other.to <= candidate.from || other.from >= candidate.to) continue;
      rivals += 1;
      next = Math.max(next, other.gain);
    }
    return { candidate, lead: candidate.gain - next, rivals };
  });
}

/** @returns one number a name of `evidenceNames` */
export function evidenceOf(
  knowledge: Knowledge & { grams: Grams },
  lattice: Lattice,
  { candidate, lead, rivals }: Weighed,
): Float32Array {
  const { table, model, likeness, pairs, grams } = knowledge;
  const { text } = lattice;
  const { start, end, word, from, to, changed, through, gain } = candidate;
  const meant = table.words[word] as string;
  let sound = 0;
  let shape = 100;
  let pairCount = 99;
  let pairBack = 0;
  let writtenCost = 0;
  let meantCost = 0;
  for (let i = from; i < to; i += 1) {
    const [a, b] = [text.charCodeAt(i), meant.charCodeAt(i - start)];
    if (a === b) continue;
    sound = Math.max(sound, likeness.sound(a, b) || 5);
    shape = Math.min(shape, likeness.shape(a, b));
    pairCount = Math.min(pairCount, pairs.count(a, b));
    pairBack = Math.max(pairBack, pairs.count(b, a));
    writtenCost = Math.max(writtenCost, -model.alone(table.find(text, i, i + 1)));
    meantCost = Math.max(meantCost, -model.alone(table.find(meant, i - start, i - start + 1)));
  }
  const around = wayAround(lattice, candidate, knowledge);
  const corrected = text.slice(0, start) + meant + text.slice(end);
  const written = gramsAround(grams, text, { from, to });
  const better = gramsAround(grams, corrected, { from, to });
  const writtenWord = table.find(text, start, end);
  const cost = -model.alone(word);
  return Float32Array.of(
    gain,
    lead,
    rivals,
    changed,
    end - start,
    cost,
    through.left,
    through.right,
    writtenWord === -1 ? 0 : 20 + model.alone(writtenWord),
    sound,
    shape,
    pairCount,
    pairBack,
    writtenCost,
    meantCost,
    around.words,
    around.singles,
    around.cost - cost,
    around.unknown,
    around.cut === null ? 0 : around.cut.end - around.cut.start,
    around.cut === null ? 0 : -model.alone(around.cut.word),
    -lattice.best / text.length,
    written.longest,
    better.longest,
    written.known,
    better.known,
    written.possible,
    gain / (end - start),
    from === start ? 1 : 0,
    end - to,
    repeatsOf(text, text.slice(from, to)),
    text.length,
  );
}
