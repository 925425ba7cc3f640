import { getWebhook } from '../../../pipeline/commands/webhook-endpoints.ts';
import { NotFound } from '../../../pipeline/domain/errors.ts';
import type { Handler } from '../../http/call.ts';
import { presentDelivery } from '../../present/webhook.ts';

export const listWebhookDeliveries: Handler<'listWebhookDeliveries'> = async ({ params, query, deps }) => {
  const { id } = await getWebhook(params.id, deps);
  const { limit, cursor = null } = query;
  const page = await deps.stores.webhooks.listDeliveries(id, { limit, cursor });
  return { items: page.items.map(presentDelivery), nextCursor: page.nextCursor };
};

export const retryWebhook: Handler<'retryWebhook'> = async ({ params, body, deps }) => {
  const { id } = await getWebhook(params.id, deps);
  const isOfIt = body.deliveryId.startsWith(`${id}/`);
  const retried = isOfIt ? await deps.stores.webhooks.retry(body.deliveryId, deps.clock.now()) : null;
  if (retried === null) throw new NotFound('没有这条发送记录。');
  return presentDelivery(retried);
};
