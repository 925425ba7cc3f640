import type { deskRoutes } from '../../../review-api/contract/desk-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof deskRoutes;

export const deskWho: { [N in Name]: Who } = {};

export const deskAsked: Asked<Name> = { bodies: () => ({}), queries: {} };
