import type { DraftContent } from '../../../review-api/contract/draft-text.ts';

/** Without what says nothing: the server writes defaults out, and in an order of its own. */
function settle(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settle);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, one]) => one !== null && one !== undefined)
    .map(([key, one]) => [key, settle(one)] as const)
    .filter(([, one]) => !Array.isArray(one) || one.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

export function isSameContent(a: DraftContent, b: DraftContent): boolean {
  return JSON.stringify(settle(a)) === JSON.stringify(settle(b));
}
