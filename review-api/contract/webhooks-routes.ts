import { plain, type RouteSpec, withId } from './route-spec.ts';
import {
  AddWebhookRequest,
  ChangeWebhookRequest,
  RetryWebhookRequest,
  WebhookAnswer,
  WebhookCommand,
  WebhookDeliveryPage,
  WebhookDeliveryQuery,
  WebhookDeliveryView,
  WebhookList,
} from './webhook.ts';

const action = 'webhook.manage';

/** Where events are sent to. */
export const webhookRoutes = {
  listWebhooks: {
    ...plain,
    method: 'get',
    path: '/api/webhooks',
    summary: 'Addresses that facts are sent to, and what can be sent',
    action,
    answer: WebhookList,
  },
  addWebhook: {
    ...plain,
    method: 'post',
    path: '/api/webhooks',
    summary: 'Register an address; the answer has its secret, this once',
    action,
    body: AddWebhookRequest,
    answer: WebhookAnswer,
  },
  changeWebhook: {
    ...withId,
    method: 'post',
    path: '/api/webhooks/:id',
    summary: 'Change an address, stop it, let it run again or give it a new secret',
    action,
    body: ChangeWebhookRequest,
    answer: WebhookAnswer,
  },
  removeWebhook: {
    ...withId,
    method: 'post',
    path: '/api/webhooks/:id/remove',
    summary: 'Forget an address, with what waits for it',
    action,
    body: WebhookCommand,
  },
  tryWebhook: {
    ...withId,
    method: 'post',
    path: '/api/webhooks/:id/test',
    summary: 'Send a trial',
    action,
    body: WebhookCommand,
    answer: WebhookDeliveryView,
  },
  listWebhookDeliveries: {
    ...withId,
    method: 'get',
    path: '/api/webhooks/:id/deliveries',
    summary: 'What was sent there within a month and what became of it, last first',
    action,
    query: WebhookDeliveryQuery,
    answer: WebhookDeliveryPage,
  },
  retryWebhook: {
    ...withId,
    method: 'post',
    path: '/api/webhooks/:id/retry',
    summary: 'Send one again',
    action,
    body: RetryWebhookRequest,
    answer: WebhookDeliveryView,
  },
} as const satisfies Record<string, RouteSpec>;
