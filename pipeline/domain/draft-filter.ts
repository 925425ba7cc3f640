/**
 * `mine` written by the person; `to-review` waits for a step, a leave or a confirmation of theirs; `late` has a 补审 to come, `unconfirmed`
 * a signature on paper; `take-down` has to be taken down now.
 */
export const draftFilters = [
  'mine',
  'to-review',
  'writing',
  'in-review',
  'returned',
  'approved',
  'published',
  'late',
  'unconfirmed',
  'take-down',
  'closed',
  'all',
] as const;
export type DraftFilter = (typeof draftFilters)[number];
