import type { RouteSpec } from './route-spec.ts';

/** The registers and desks that rules ask for. */
export const safeguardRoutes = {} as const satisfies Record<string, RouteSpec>;
