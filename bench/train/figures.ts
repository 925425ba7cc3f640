import type { HeldOutRow } from './head.ts';

/** The rows of each data set, in the order in which the sets were met. */
export function bySource(rows: readonly HeldOutRow[]): { source: string; held: HeldOutRow[] }[] {
  const groups = new Map<string, HeldOutRow[]>();
  for (const row of rows) {
    const group = groups.get(row.example.source);
    if (group === undefined) groups.set(row.example.source, [row]);
    else group.push(row);
  }
  return [...groups].map(([source, held]) => ({ source, held }));
}

export function accuracy(truth: readonly number[], said: readonly number[]): number {
  const right = truth.filter((label, i) => label === said[i]).length;
  return right / truth.length;
}

/** Mean of the classes' F1, over the classes that are in the truth. */
export function macroF1(truth: readonly number[], said: readonly number[]): number {
  const classes = [...new Set(truth)];
  const sum = classes.reduce((total, label) => {
    let both = 0;
    let either = 0;
    truth.forEach((wanted, i) => {
      if (wanted === label && said[i] === label) both += 1;
      if (wanted === label) either += 1;
      if (said[i] === label) either += 1;
    });
    return total + (either === 0 ? 0 : (2 * both) / either);
  }, 0);
  return sum / classes.length;
}
