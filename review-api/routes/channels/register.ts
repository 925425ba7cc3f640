import { saveRegister as save } from '../../../pipeline/commands/change-channel.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentChannel } from '../../present/channel.ts';

export const saveRegister: Handler<'saveRegister'> = async (call) => {
  const { actor } = getReader(call);
  const { revision, ...typed } = call.body;
  const entry = { ...typed, responsible: typed.responsible || null, account: typed.account || null };
  const channel = await save({ channelId: call.params.id, revision, entry }, actor, call.deps);
  const settings = await call.deps.directory.settings();
  return presentChannel(channel, { settings, roles: actor.roles }, call.deps);
};
