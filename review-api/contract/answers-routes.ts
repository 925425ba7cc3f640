import type { RouteSpec } from './route-spec.ts';

/** Stock answers 口径, and help replies. */
export const answerRoutes = {} as const satisfies Record<string, RouteSpec>;
