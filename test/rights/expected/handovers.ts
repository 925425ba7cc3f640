import type { handoverRoutes } from '../../../review-api/contract/handovers-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof handoverRoutes;

export const handoverWho: { [N in Name]: Who } = {};

export const handoverAsked: Asked<Name> = { bodies: () => ({}), queries: {} };
