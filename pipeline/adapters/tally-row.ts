import { z } from 'zod';
import { emptyTally, type Tally } from '../domain/rollup.ts';

const scalars = ['items', 'opened', 'decided', 'sent', 'answered', 'answeredLate'] as const;
const vectors = ['hours', 'kinds', 'tones', 'levels', 'categories', 'services'] as const;
const minutes = ['decidedMinutes', 'receivedMinutes', 'answeredMinutes'] as const;

/** As both stores have it: lists of numbers, in the order above. No minutes at all is null, as on most days. */
export function toTallyRow(tally: Tally): { tally: string; minutes: string | null } {
  const timed = minutes.some((name) => tally[name].length > 0);
  return {
    tally: JSON.stringify([scalars.map((name) => tally[name]), ...vectors.map((name) => tally[name])]),
    minutes: timed ? JSON.stringify(minutes.map((name) => tally[name])) : null,
  };
}

export const TallyRow = z.object({ tally: z.string(), minutes: z.string().nullable() });
const isLists = (value: unknown): value is number[][] =>
  Array.isArray(value) && value.every((list) => Array.isArray(list) && list.every(Number.isInteger));

/** By hand: thousands of rows are read at once. @throws Error for what is no tally */
function parseLists(text: string): number[][] {
  const lists: unknown = JSON.parse(text);
  if (!isLists(lists)) throw new Error('a stored tally is no lists of numbers');
  return lists;
}

/** Lists that were stored when an enumeration was shorter stay so; whoever adds them up fills them. */
export function parseTally(row: z.infer<typeof TallyRow>): Tally {
  const tally = emptyTally();
  const [counts = [], ...lists] = parseLists(row.tally);
  for (const [index, name] of scalars.entries()) tally[name] = counts[index] ?? 0;
  for (const [index, name] of vectors.entries()) {
    for (const [at, value] of (lists[index] ?? []).entries()) tally[name][at] = value;
  }
  const timed = row.minutes === null ? [] : parseLists(row.minutes);
  for (const [index, name] of minutes.entries()) tally[name] = timed[index] ?? [];
  return tally;
}
