import { z } from 'zod';

/** Who may see a text. Every text-bearing row and index entry carries one. */
export const AccessClass = z.enum(['open', 'victim', 'safety']);
export type AccessClass = z.infer<typeof AccessClass>;

const strictness: Record<AccessClass, number> = { open: 0, victim: 1, safety: 2 };

/** A case has the strictest class of its members. */
export function strictestAccess(classes: Iterable<AccessClass>): AccessClass {
  let strictest: AccessClass = 'open';
  for (const one of classes) if (strictness[one] > strictness[strictest]) strictest = one;
  return strictest;
}
