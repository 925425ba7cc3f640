import { addManualChannel } from '../../../pipeline/commands/change-channel.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentChannel } from '../../present/channel.ts';

export const addChannel: Handler<'addChannel'> = async (call) => {
  const { actor } = getReader(call);
  const { responsible, account } = call.body;
  const typed = { ...call.body, responsible: responsible || null, account: account || null };
  const channel = await addManualChannel(typed, actor, call.deps);
  const settings = await call.deps.directory.settings();
  return presentChannel(channel, { settings, roles: actor.roles }, call.deps);
};
