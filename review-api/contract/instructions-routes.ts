import type { RouteSpec } from './route-spec.ts';

/** Instructions 批示—交办—反馈, and the one-minute card. */
export const instructionRoutes = {} as const satisfies Record<string, RouteSpec>;
