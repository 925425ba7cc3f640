import { changeChannelState } from '../../../pipeline/commands/change-channel.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentChannel } from '../../present/channel.ts';

export const moveChannel: Handler<'moveChannel'> = async (call) => {
  const { actor } = getReader(call);
  const { revision, ...move } = call.body;
  const channel = await changeChannelState({ channelId: call.params.id, revision, move }, actor, call.deps);
  const settings = await call.deps.directory.settings();
  return presentChannel(channel, { settings, roles: actor.roles }, call.deps);
};
