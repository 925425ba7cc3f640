import type { webhookRoutes } from '../../contract/webhooks-routes.ts';
import type { Handler } from '../../http/call.ts';
import { addWebhook } from './add.ts';
import { changeWebhook } from './change.ts';
import { listWebhookDeliveries, retryWebhook } from './deliveries.ts';
import { listWebhooks } from './list.ts';
import { removeWebhook } from './remove.ts';
import { tryWebhook } from './send-trial.ts';

export const webhookHandlers: { [N in keyof typeof webhookRoutes]: Handler<N> } = {
  listWebhooks,
  addWebhook,
  changeWebhook,
  removeWebhook,
  tryWebhook,
  listWebhookDeliveries,
  retryWebhook,
};
