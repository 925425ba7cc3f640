import type { RouteSpec } from './route-spec.ts';

/** Hand-overs 转办单 to units. */
export const handoverRoutes = {} as const satisfies Record<string, RouteSpec>;
