import type { RouteSpec } from './route-spec.ts';

/** Where events are sent to. */
export const webhookRoutes = {} as const satisfies Record<string, RouteSpec>;
