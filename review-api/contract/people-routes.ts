import type { RouteSpec } from './route-spec.ts';

/** Accounts, stand-ins, sessions. */
export const peopleRoutes = {} as const satisfies Record<string, RouteSpec>;
