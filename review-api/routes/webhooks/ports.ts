import type { WebhookPorts } from '../../../pipeline/commands/webhook-endpoints.ts';
import type { RouteDeps } from '../../http/call.ts';

export function webhookPorts({ stores, clock, connectorKeys }: RouteDeps): WebhookPorts {
  return { stores, clock, keys: connectorKeys };
}
