import type { KnownPairs } from '../../pipeline/checks/spelling/candidates.ts';
import { evidenceCount } from '../../pipeline/checks/spelling/evidence.ts';
import {
  type Decision,
  judgeSentence,
  type ReaderKnowledge,
  readPairs,
} from '../../pipeline/checks/spelling/reader.ts';
import { cutSentences } from '../../pipeline/checks/spelling/sentences.ts';
import type { Trees } from '../../pipeline/checks/spelling/trees.ts';
import { Chance } from '../train/chance.ts';
import { boost, type Samples } from './boost.ts';
import { countGrams, countPairs, gramsWithout, pairsWithout } from './learned-counts.ts';
import type { SpellingRow } from './rows.ts';

/** What was counted in all rows, and how it would look had a row and those with the same target not been read. */
export class Counted {
  readonly grams: ReadonlyMap<number, number>;
  readonly pairs: ReadonlyMap<string, number>;
  readonly #sameTarget = new Map<string, SpellingRow[]>();
  readonly #known: KnownPairs;
  readonly #base: ReaderKnowledge;

  /** @param rightTexts ordinary texts without corrections */
  constructor(base: ReaderKnowledge, rows: readonly SpellingRow[], rightTexts: readonly string[]) {
    this.#base = base;
    this.grams = countGrams([...rows.map(({ target }) => target), ...rightTexts]);
    this.pairs = countPairs(rows);
    this.#known = readPairs(this.pairs);
    for (const row of rows) {
      const same = this.#sameTarget.get(row.target) ?? [];
      this.#sameTarget.set(row.target, same);
      same.push(row);
    }
  }

  /** `alone`: other rows with the same target stay known, as in rows drawn by chance from one collection. */
  without(row: SpellingRow, kind: 'target' | 'alone' = 'target'): ReaderKnowledge {
    const same = this.#sameTarget.get(row.target) ?? [];
    const isKnownStill = kind === 'alone' && same.length > 1;
    return {
      ...this.#base,
      grams: gramsWithout(this.grams, isKnownStill ? null : row.target),
      pairs: pairsWithout(this.#known, kind === 'alone' ? [row] : same),
    };
  }
}

/** How much a row of a set counts: our drafts are official, not learners' essays. */
function weightOf(set: string): number {
  if (set === 'ecspell_odw') return 2;
  return set.startsWith('sighan') ? 0.4 : 1;
}

/** Of candidates that gain little, one in so many is learned from, and counts as much as all. */
const keptOfPoor = 3;
const poorGain = 1;

export interface RowSamples {
  row: number;
  evidence: Float32Array;
  isRight: boolean;
  weight: number;
}

/** Every candidate of a row, judged without knowledge of the row. */
export function gatherSamples(counted: Counted, rows: readonly SpellingRow[]): RowSamples[] {
  const samples: RowSamples[] = [];
  let poor = 0;
  rows.forEach((row, number) => {
    const knowledge = counted.without(row);
    for (const { start, text } of cutSentences(row.text)) {
      for (const { candidate, meant, evidence } of judgeSentence(knowledge, text)) {
        const isRight = row.target.startsWith(meant, start + candidate.from);
        let weight = weightOf(row.set);
        if (!isRight && candidate.gain < poorGain) {
          poor += 1;
          if (poor % keptOfPoor !== 0) continue;
          weight *= keptOfPoor;
        }
        samples.push({ row: number, evidence, isRight, weight });
      }
    }
  });
  return samples;
}

export function growTrees(samples: readonly RowSamples[], seed: number): Trees {
  const values = new Float32Array(samples.length * evidenceCount);
  samples.forEach(({ evidence }, i) => {
    values.set(evidence, i * evidenceCount);
  });
  const all: Samples = {
    width: evidenceCount,
    values,
    labels: Uint8Array.from(samples, ({ isRight }) => (isRight ? 1 : 0)),
    weights: Float32Array.from(samples, ({ weight }) => weight),
  };
  const chance = new Chance(seed);
  return boost(all, {
    trees: 140,
    depth: 5,
    rate: 0.12,
    leastLeaf: 1.5,
    ridge: 2,
    share: 0.4,
    chance: () => chance.next(),
  });
}

/** The lowest at which fewer than one clean ECSpell sentence in a hundred is changed, its own target never read (docs/models.md). */
const defaultThreshold = 2.6;

export function decisionOf(trees: Trees): Decision {
  return { trees, threshold: defaultThreshold };
}
