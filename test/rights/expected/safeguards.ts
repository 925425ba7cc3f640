import type { safeguardRoutes } from '../../../review-api/contract/safeguards-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof safeguardRoutes;

export const safeguardWho: { [N in Name]: Who } = {};

export const safeguardAsked: Asked<Name> = { bodies: () => ({}), queries: {} };
