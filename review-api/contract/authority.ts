import { z } from 'zod';
import { Authority } from '../../pipeline/domain/authority.ts';

/** 权威信息表: persons with their posts, fixed phrases, names of units, each with the days it is true on. */
export const AuthorityView = z
  .object({ version: z.int().nonnegative(), table: Authority, mayEdit: z.boolean() })
  .meta({ id: 'AuthorityView' });
export type AuthorityView = z.infer<typeof AuthorityView>;

/** The whole table anew, by whoever saw this version of it. */
export const SaveAuthorityRequest = z
  .strictObject({ table: Authority, seenVersion: z.int().nonnegative() })
  .meta({ id: 'SaveAuthorityRequest' });
