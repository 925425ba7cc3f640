import type { RouteSpec } from './route-spec.ts';

/** Doors beside the password, and the second factor. */
export const signInRoutes = {} as const satisfies Record<string, RouteSpec>;
