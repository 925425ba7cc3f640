import { correctText } from '../../pipeline/checks/spelling/reader.ts';
import { drawFolds } from '../train/folds.ts';
import { type Counted, decisionOf, gatherSamples, growTrees } from './learn.ts';
import type { SpellingRow } from './rows.ts';
import { type ScoredRow, scoreRows, spellingTable } from './score.ts';

interface Plan {
  folds: number;
  seed: number;
  progress: (step: string) => void;
}

function apply(text: string, corrections: readonly { start: number; end: number; right: string }[]): string {
  return corrections.reduceRight(
    (so, { start, end, right }) => so.slice(0, start) + right + so.slice(end),
    text,
  );
}

/**
 * Every row corrected by trees that were grown on other folds, with counts from which the row and all with its target are
 * left out; rows with the same or nearly the same target share a fold. The second table leaves out the row alone.
 */
export function crossValidate(
  counted: Counted,
  rows: readonly SpellingRow[],
  { folds, seed, progress }: Plan,
): string {
  const fold = drawFolds(
    rows.map(({ target }) => target),
    folds,
    seed,
  );
  const samples = gatherSamples(counted, rows);
  progress(`${samples.length} candidates`);
  const scored: Record<'target' | 'alone', ScoredRow[]> = { target: [], alone: [] };
  for (let held = 0; held < folds; held += 1) {
    const decision = decisionOf(
      growTrees(
        samples.filter(({ row }) => fold[row] !== held),
        seed,
      ),
    );
    progress(`fold ${held + 1} of ${folds}: trees grown`);
    rows.forEach((row, number) => {
      if (fold[number] !== held) return;
      for (const kind of ['target', 'alone'] as const) {
        if (kind === 'alone' && !row.set.startsWith('ecspell')) continue;
        const corrected = apply(row.text, correctText(decision, counted.without(row, kind), row.text));
        scored[kind].push({ ...row, corrected });
      }
    });
    progress(`fold ${held + 1} of ${folds}: corrected`);
  }
  return [
    'No row with the same target was read:',
    spellingTable(scoreRows(scored.target)),
    'Other rows with the same target were read, as in rows drawn by chance from one collection:',
    spellingTable(scoreRows(scored.alone)),
    '',
  ].join('\n\n');
}
