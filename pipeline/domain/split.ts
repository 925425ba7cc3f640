import { z } from 'zod';

/** A person parts a copy from a case: it is another matter after all. The case remembers, and never takes it in again. */
export const SplitCommand = z.object({
  commandId: z.uuid(),
  caseId: z.string(),
  /** The version the person saw. */
  version: z.int().positive(),
  /** The copy; never the text that the case was opened on. */
  postId: z.string(),
  note: z.string().max(2000).nullable(),
});
export type SplitCommand = z.infer<typeof SplitCommand>;
