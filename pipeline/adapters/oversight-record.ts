import { z } from 'zod';
import type { ReadingCount, YearFigures } from '../ports/oversight.ts';
import type { ReadRecord } from '../ports/read-log.ts';
import { parseReadSubject, ReadPayload } from './read-entry.ts';

/** Decisions after which somebody is answered. */
export const answeringDecisions = ['answer', 'hand-over', 'correct'] as const;

export const OpenedAndDecided = z.object({ openedAt: z.string(), decidedAt: z.string() });

/** A reading from its entry; `body` is null when it was erased. */
export function parseReading(
  entry: { id: string; at: string; actorId: string; subject: string },
  body: string | null,
): ReadRecord {
  const { subject, ...facts } = entry;
  const { caseId, purpose } = ReadPayload.parse(body === null ? {} : JSON.parse(body));
  return { ...facts, caseId, ...parseReadSubject(subject), purpose };
}

/** As a purpose stands inside a payload's JSON: escaped, without the quotation marks. */
export function purposeInBody(purpose: string): string {
  return JSON.stringify(purpose).slice(1, -1);
}

/** Between which actions those of a family lie, by their bytes: from `case.` until before `case/`. */
export function familyBounds(family: string): { first: string; next: string } {
  return { first: `${family}.`, next: `${family}/` };
}

export function inReadingOrder(counts: ReadingCount[]): ReadingCount[] {
  return counts.sort((a, b) => b.texts - a.texts || b.reads - a.reads || a.actorId.localeCompare(b.actorId));
}

export function buildYearFigures(
  items: readonly { kind: string; n: number }[],
  cases: number,
  answered: readonly z.infer<typeof OpenedAndDecided>[],
): YearFigures {
  const count = (kind: string) => items.find((one) => one.kind === kind)?.n ?? 0;
  return {
    items: {
      article: count('article'),
      status: count('status'),
      comment: count('comment'),
      lead: count('lead'),
    },
    cases,
    answered: answered.length,
    medianHours: median(
      answered.map(({ openedAt, decidedAt }) => (Date.parse(decidedAt) - Date.parse(openedAt)) / 3_600_000),
    ),
  };
}

/** To one decimal. */
function median(values: number[]): number | null {
  const sorted = values.sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below = 0, above = 0] = [sorted[middle - 1], sorted[middle]];
  if (sorted.length === 0) return null;
  return Math.round((sorted.length % 2 === 1 ? above : (below + above) / 2) * 10) / 10;
}
