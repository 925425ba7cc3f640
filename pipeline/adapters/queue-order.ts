import { z } from 'zod';
import type { CaseSort } from '../domain/case-filter.ts';
import type { FilteredQuery } from '../ports/desk-store.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import { encodeCursor, parseCursor } from './cursor.ts';

/** What a listing is put in order by, read from the index alone. */
export interface CaseKey {
  id: string;
  lifeSafety: boolean;
  riskScore: number;
  openedAt: string;
  deadline: string | null;
}

/** Ascending whatever the order: what the store reads upwards, and what a cursor holds. */
export type OrderKey = readonly (string | number)[];

function orderKey(sort: CaseSort, key: CaseKey): OrderKey {
  if (sort === 'risk') return [key.lifeSafety ? 0 : 1, -key.riskScore, key.openedAt, key.id];
  if (sort === 'deadline') return [key.deadline ?? '', key.id];
  return [key.openedAt, key.id];
}

const schemas = {
  risk: z.tuple([z.literal('risk'), z.number(), z.number(), z.string(), z.string()]),
  oldest: z.tuple([z.literal('oldest'), z.string(), z.string()]),
  newest: z.tuple([z.literal('newest'), z.string(), z.string()]),
  deadline: z.tuple([z.literal('deadline'), z.string(), z.string()]),
} satisfies Record<CaseSort, z.ZodType>;

/** @throws InvalidInput for a cursor of another order */
export function parseOrder(sort: CaseSort, cursor: string | null): OrderKey | null {
  if (cursor === null) return null;
  const [, ...key] = parseCursor<(string | number)[]>(
    cursor,
    schemas[sort] as z.ZodType<(string | number)[]>,
  );
  return key;
}

function compare(a: OrderKey, b: OrderKey): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] ?? one;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/** Further down the list than the cursor. */
export function comesAfter(sort: CaseSort, key: CaseKey, after: OrderKey | null): boolean {
  if (after === null) return true;
  const turned = sort === 'newest' ? -1 : 1;
  return turned * compare(orderKey(sort, key), after) > 0;
}

/** What was read along several ways, each in order, as one; each case once. */
export function mergeKeys(sort: CaseSort, found: readonly CaseKey[]): CaseKey[] {
  const turned = sort === 'newest' ? -1 : 1;
  const byId = new Map(found.map((key) => [key.id, key]));
  return [...byId.values()].sort((a, b) => turned * compare(orderKey(sort, a), orderKey(sort, b)));
}

/** @param keys one more than the page, where there is more */
export function pageOfKeys(sort: CaseSort, keys: readonly CaseKey[], { limit }: PageRequest): Page<string> {
  const shown = keys.slice(0, limit);
  const last = shown.at(-1);
  const more = keys.length > limit && last !== undefined;
  return {
    items: shown.map(({ id }) => id),
    nextCursor: more ? encodeCursor([sort, ...orderKey(sort, last)]) : null,
  };
}

/** Bounds of a deadline, the end exclusive; null where any will do. */
export function deadlineBounds(
  sort: CaseSort,
  { due, filter }: Pick<FilteredQuery, 'due' | 'filter'>,
): { from: string; to: string } | null {
  if (due?.kind === 'near') return { from: due.now, to: due.until };
  if (due?.kind === 'overdue') return { from: '0', to: due.now };
  return sort === 'deadline' || filter.hasDeadline === true ? { from: '0', to: '9' } : null;
}

/** Texts that words or a mark may lead to, at most: the newest. */
export const mostTexts = 5000;
/** Cases that are counted for facets, at most. */
export const mostCounted = 2000;
