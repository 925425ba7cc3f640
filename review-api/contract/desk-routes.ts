import type { RouteSpec } from './route-spec.ts';

/** Filters that a person keeps, routing, and what was counted and not queued. */
export const deskRoutes = {} as const satisfies Record<string, RouteSpec>;
