import { z } from 'zod';
import { Instant } from './time.ts';

/** Written in the transaction that made the fact, delivered at least once afterwards. Ids only. */
export const OutboxEntry = z.object({
  id: z.string(),
  topic: z.enum([
    'case.opened',
    'case.decided',
    'page.changed',
    'settings.changed',
    'instruction.changed',
    'handover.changed',
    'draft.changed',
    'burst.began',
  ]),
  subject: z.string(),
  createdAt: Instant,
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;
