import { changeWebhook as change } from '../../../pipeline/commands/webhook-endpoints.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentWebhook } from '../../present/webhook.ts';
import { webhookPorts } from './ports.ts';

export const changeWebhook: Handler<'changeWebhook'> = async (call) => {
  const command = { ...call.body, id: call.params.id };
  const { endpoint, secret } = await change(command, getReader(call).actor.id, webhookPorts(call.deps));
  return { endpoint: await presentWebhook(endpoint, call.deps), secret };
};
