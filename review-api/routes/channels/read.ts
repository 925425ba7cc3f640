import { NotFound } from '../../../pipeline/domain/errors.ts';
import { getSignedIn, type Handler } from '../../http/call.ts';
import { presentChannel } from '../../present/channel.ts';

export const readChannel: Handler<'readChannel'> = async (call) => {
  const settings = await call.deps.directory.settings();
  const channel = settings.channels.find(({ id }) => id === call.params.id);
  if (channel === undefined) throw new NotFound('没有这个渠道。');
  return presentChannel(channel, { settings, roles: getSignedIn(call).user.roles }, call.deps);
};
