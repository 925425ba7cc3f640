import { tryWebhook as send } from '../../../pipeline/commands/webhook-endpoints.ts';
import type { Handler } from '../../http/call.ts';
import { presentDelivery } from '../../present/webhook.ts';
import { webhookPorts } from './ports.ts';

export const tryWebhook: Handler<'tryWebhook'> = async (call) =>
  presentDelivery(await send({ ...call.body, id: call.params.id }, webhookPorts(call.deps)));
