import type { instructionRoutes } from '../../../review-api/contract/instructions-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof instructionRoutes;

export const instructionWho: { [N in Name]: Who } = {};

export const instructionAsked: Asked<Name> = { bodies: () => ({}), queries: {} };
