import { removeWebhook as remove } from '../../../pipeline/commands/webhook-endpoints.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { webhookPorts } from './ports.ts';

export const removeWebhook: Handler<'removeWebhook'> = async (call) => {
  const command = { ...call.body, id: call.params.id };
  await remove(command, getReader(call).actor.id, webhookPorts(call.deps));
  return null;
};
