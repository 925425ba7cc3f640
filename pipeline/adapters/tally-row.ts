import { z } from 'zod';
import { emptyTally, type Tally } from '../domain/rollup.ts';

const scalars = ['opened', 'decided', 'sent', 'answered', 'answeredLate'] as const;
const minutes = ['decidedMinutes', 'receivedMinutes', 'answeredMinutes'] as const;

/** As both stores have it: lists of numbers, in the order above. No minutes at all is null, as on most days. */
export function toTallyRow(tally: Tally): { tally: string; minutes: string | null } {
  const timed = minutes.some((name) => tally[name].length > 0);
  return {
    tally: JSON.stringify(scalars.map((name) => tally[name])),
    minutes: timed ? JSON.stringify(minutes.map((name) => tally[name])) : null,
  };
}

export const TallyRow = z.object({ tally: z.string(), minutes: z.string().nullable() });
const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every(Number.isInteger);

/** By hand: minutes by the ten thousand are read at once. @throws Error for what is no tally */
function parseNumbers(value: unknown): number[] {
  if (!isNumbers(value)) throw new Error('a stored tally is no list of numbers');
  return value;
}

/** @throws Error for what is no tally */
export function parseTally(row: z.infer<typeof TallyRow>): Tally {
  const tally = emptyTally();
  const counts = parseNumbers(JSON.parse(row.tally));
  for (const [index, name] of scalars.entries()) tally[name] = counts[index] ?? 0;
  const timed: unknown = row.minutes === null ? [] : JSON.parse(row.minutes);
  if (!Array.isArray(timed)) throw new Error('a stored tally has no lists of minutes');
  for (const [index, name] of minutes.entries()) tally[name] = parseNumbers(timed[index] ?? []);
  return tally;
}
