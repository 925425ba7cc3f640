import type { WebhookDelivery, WebhookEndpoint } from '../../pipeline/domain/webhook.ts';
import type { WebhookDeliveryView, WebhookView } from '../contract/webhook.ts';
import type { RouteDeps } from '../http/call.ts';

export async function presentWebhook(
  { secret: _, createdBy, ...shown }: WebhookEndpoint,
  { directory }: Pick<RouteDeps, 'directory'>,
): Promise<WebhookView> {
  return { ...shown, createdByName: await directory.colleagueName(createdBy) };
}

export function presentDelivery({ endpointId: _, ...shown }: WebhookDelivery): WebhookDeliveryView {
  return shown;
}
