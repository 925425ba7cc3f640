import { lawfulRequestRoutes } from './lawful-request-routes.ts';
import { publicRequestRoutes } from './public-request-routes.ts';
import { readingRoutes } from './reading-routes.ts';
import { removalRoutes } from './removal-routes.ts';
import type { RouteSpec } from './route-spec.ts';

/** The registers and desks that rules ask for. */
export const safeguardRoutes = {
  ...lawfulRequestRoutes,
  ...removalRoutes,
  ...publicRequestRoutes,
  ...readingRoutes,
} as const satisfies Record<string, RouteSpec>;
