import { WebhookTopic } from '../../../pipeline/domain/webhook.ts';
import type { Handler } from '../../http/call.ts';
import { presentWebhook } from '../../present/webhook.ts';

export const listWebhooks: Handler<'listWebhooks'> = async ({ deps }) => {
  const found = await deps.stores.webhooks.list();
  const items = await Promise.all(found.map((one) => presentWebhook(one, deps)));
  return { items, topics: [...WebhookTopic.options] };
};
