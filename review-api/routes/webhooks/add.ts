import { addWebhook as add } from '../../../pipeline/commands/webhook-endpoints.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentWebhook } from '../../present/webhook.ts';
import { webhookPorts } from './ports.ts';

export const addWebhook: Handler<'addWebhook'> = async (call) => {
  const { commandId, ...content } = call.body;
  const { endpoint, secret } = await add(
    commandId,
    content,
    getReader(call).actor.id,
    webhookPorts(call.deps),
  );
  return { endpoint: await presentWebhook(endpoint, call.deps), secret };
};
