import type { Role } from '../../../pipeline/domain/role.ts';

/** Who may use a route. Stands here in full; it is not computed from the product's own table. */
export type Who = readonly Role[] | 'anyone' | 'signed-in';

interface Given {
  /** A new one for every request. */
  commandId: string;
  /** ISO UTC. */
  now: string;
}

/** What the routes of one noun are asked with: a body that passes the contract, the query with its `?`. */
export interface Asked<N extends string> {
  bodies: (given: Given) => Partial<Record<N, object>>;
  queries: Partial<Record<N, string>>;
}
