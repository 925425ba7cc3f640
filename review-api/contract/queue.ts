import { z } from 'zod';
import { QueueName } from '../../pipeline/domain/category.ts';

/** Undecided cases in each queue of the person's own. */
export const QueueCounts = z
  .object({ items: z.array(z.object({ queue: QueueName, undecided: z.int().nonnegative() })) })
  .meta({ id: 'QueueCounts' });
export type QueueCounts = z.infer<typeof QueueCounts>;
