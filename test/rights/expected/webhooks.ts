import type { webhookRoutes } from '../../../review-api/contract/webhooks-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof webhookRoutes;

const keepers = ['operator'] as const;

export const webhookWho: { [N in Name]: Who } = {
  listWebhooks: keepers,
  addWebhook: keepers,
  changeWebhook: keepers,
  removeWebhook: keepers,
  tryWebhook: keepers,
  listWebhookDeliveries: keepers,
  retryWebhook: keepers,
};

export const webhookAsked: Asked<Name> = {
  bodies: ({ commandId }) => ({
    addWebhook: { commandId, name: 'OA', url: 'https://oa.example/hooks', topics: ['case.opened'] },
    changeWebhook: { commandId, version: 1, change: { kind: 'pause' } },
    removeWebhook: { commandId },
    tryWebhook: { commandId },
    retryWebhook: { deliveryId: 'none' },
  }),
  queries: {},
};
