import type { SpellingRow } from './rows.ts';

export interface ScoredRow extends SpellingRow {
  corrected: string;
}

export interface SetScore {
  set: string;
  rows: number;
  clean: number;
  /** Clean rows that were changed. */
  falselyChanged: number;
  changed: number;
  wrong: number;
  /** Every wrong place found and no other. */
  detected: number;
  /** Every wrong place put right and no other. */
  corrected: number;
}

/** Are exactly those places changed that are wrong? */
function isDetected({ text, target, corrected }: ScoredRow): boolean {
  if (corrected.length !== text.length) return false;
  for (let i = 0; i < text.length; i += 1)
    if ((text[i] !== target[i]) !== (text[i] !== corrected[i])) return false;
  return true;
}

/** By set, in the order of first appearance, and `ecspell` for the three of that name together. */
export function scoreRows(rows: readonly ScoredRow[]): SetScore[] {
  const scores = new Map<string, SetScore>();
  const scoreOf = (set: string): SetScore => {
    const known = scores.get(set);
    if (known !== undefined) return known;
    const fresh = {
      set,
      rows: 0,
      clean: 0,
      falselyChanged: 0,
      changed: 0,
      wrong: 0,
      detected: 0,
      corrected: 0,
    };
    scores.set(set, fresh);
    return fresh;
  };
  for (const row of rows) {
    for (const set of row.set.startsWith('ecspell') ? [row.set, 'ecspell'] : [row.set]) {
      const score = scoreOf(set);
      const isWrong = row.text !== row.target;
      const isChanged = row.text !== row.corrected;
      score.rows += 1;
      if (isChanged) score.changed += 1;
      if (!isWrong) {
        score.clean += 1;
        if (isChanged) score.falselyChanged += 1;
        continue;
      }
      score.wrong += 1;
      if (isDetected(row)) score.detected += 1;
      if (row.corrected === row.target) score.corrected += 1;
    }
  }
  return [...scores.values()].sort((a, b) => a.set.localeCompare(b.set));
}

function figures(hits: number, { changed, wrong }: SetScore): string {
  const precision = changed === 0 ? 0 : hits / changed;
  const recall = wrong === 0 ? 0 : hits / wrong;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return [precision, recall, f1].map((value) => value.toFixed(3)).join(' / ');
}

/** Markdown. */
export function spellingTable(scores: readonly SetScore[]): string {
  const lines = scores.map((score) => {
    const rate = score.clean === 0 ? '–' : `${((100 * score.falselyChanged) / score.clean).toFixed(2)} %`;
    return `| ${score.set} | ${score.rows} | ${figures(score.detected, score)} | ${figures(score.corrected, score)} | ${rate} of ${score.clean} |`;
  });
  return [
    '| set | rows | detection P / R / F1 | correction P / R / F1 | clean rows changed |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}
