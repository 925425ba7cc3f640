import { z } from 'zod';
import { type CollectionSpec, field } from './schema.ts';

/** A document outlives its lease, so that the token only grows. `_id` is the lease's name. */
export const LeaseDocument = z.object({
  _id: z.string(),
  token: z.int().positive(),
  /** Null once released. */
  owner: z.string().nullable(),
  expiresAt: z.string(),
});
export type LeaseDocument = z.infer<typeof LeaseDocument>;

export const leaseSpecs: readonly CollectionSpec[] = [
  {
    name: 'leases',
    fields: { token: field.number, owner: field.textOrNull, expiresAt: field.text },
    indexes: [],
  },
];
