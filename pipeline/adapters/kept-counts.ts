import type { KeptCount } from '../ports/retention-store.ts';

/** One line a part, in the order in which the parts come; those of which there is nothing are left out. */
export function addKept(counts: readonly KeptCount[]): KeptCount[] {
  const sums = new Map<KeptCount['part'], KeptCount>();
  for (const one of counts) {
    if (one.kept === 0) continue;
    const sum = sums.get(one.part);
    sums.set(one.part, sum === undefined ? one : add(sum, one));
  }
  return [...sums.values()];
}

function add(a: KeptCount, b: KeptCount): KeptCount {
  const ends = [a.nextAt, b.nextAt].filter((at) => at !== null).sort();
  return {
    ...{ part: a.part, kept: a.kept + b.kept, overdue: a.overdue + b.overdue, due: a.due + b.due },
    nextAt: ends[0] ?? null,
  };
}
