import type { setupRoutes } from '../../../review-api/contract/setup-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof setupRoutes;

export const setupWho: { [N in Name]: Who } = {};

export const setupAsked: Asked<Name> = { bodies: () => ({}), queries: {} };
