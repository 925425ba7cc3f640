import type { signInRoutes } from '../../../review-api/contract/sign-in-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof signInRoutes;

export const signInWho: { [N in Name]: Who } = {};

export const signInAsked: Asked<Name> = { bodies: () => ({}), queries: {} };
