import type { EvidenceQuery } from './brief-evidence.ts';
import { type Category, categoryFacts } from './category.ts';

/** What could point to persons is told from this number on (R16). */
export const leastTold = 10;

const ofSafety = (categories: readonly Category[]): boolean =>
  categories.some((category) => categoryFacts[category].family === 'safety');

/** A class, a dormitory, a year's course, a subject: so few people that a small number points to one of them. */
const groupOfPersons =
  /\d{2,4}\s*级|[\d一二三四五六七八九十]+\s*班|(?:\d+|[一二三四五六七八九十]+)\s*号?\s*(?:宿舍)?楼|\d{3,4}\s*(?:室|寝)|专业/u;

export const namesGroupOfPersons = (label: string): boolean => groupOfPersons.test(label);

/** Is a number of this kind never told under ten? */
export function isDelicate(query: EvidenceQuery, label: string): boolean {
  if (query.of === 'referred' || namesGroupOfPersons(label)) return true;
  if (query.of === 'cases' && query.lifeSafety === true) return true;
  return (query.of === 'items' || query.of === 'cases') && ofSafety(query.categories ?? []);
}

export type Suppression = 'under-ten' | 'would-reveal';

/**
 * Pure: which of the parts of a whole may be told, and whether the whole may stand beside them. With the whole and all other parts a
 * part that is left out could be had by subtraction, with two of them left out often enough as well: so the whole goes.
 */
export function suppressParts(parts: readonly { value: number; isDelicate: boolean }[]): {
  parts: (Suppression | null)[];
  whole: Suppression | null;
} {
  const told = parts.map(({ value, isDelicate: delicate }) =>
    delicate && value < leastTold ? ('under-ten' as const) : null,
  );
  return { parts: told, whole: told.includes('under-ten') ? 'would-reveal' : null };
}
