import type { peopleRoutes } from '../../../review-api/contract/people-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof peopleRoutes;

export const peopleWho: { [N in Name]: Who } = {};

export const peopleAsked: Asked<Name> = { bodies: () => ({}), queries: {} };
