import type { webhookRoutes } from '../../../review-api/contract/webhooks-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof webhookRoutes;

export const webhookWho: { [N in Name]: Who } = {};

export const webhookAsked: Asked<Name> = { bodies: () => ({}), queries: {} };
