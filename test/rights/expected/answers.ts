import type { answerRoutes } from '../../../review-api/contract/answers-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof answerRoutes;

export const answerWho: { [N in Name]: Who } = {};

export const answerAsked: Asked<Name> = { bodies: () => ({}), queries: {} };
