import type { RouteSpec } from './route-spec.ts';

/** The one file that a school sets itself up with: people, units, duty roster, review chains. */
export const setupRoutes = {} as const satisfies Record<string, RouteSpec>;
