import { governanceReminders } from '../../../pipeline/domain/comments-gate.ts';
import { bucketHour } from '../../../pipeline/domain/time.ts';
import { getSignedIn, type Handler } from '../../http/call.ts';
import { mayManage, presentChannel } from '../../present/channel.ts';

export const listChannels: Handler<'listChannels'> = async (call) => {
  const { deps } = call;
  const { roles } = getSignedIn(call).user;
  const settings = await deps.directory.settings();
  const today = bucketHour(deps.clock.now()).slice(0, 10);
  return {
    items: await Promise.all(settings.channels.map((one) => presentChannel(one, { settings, roles }, deps))),
    reminders: governanceReminders(settings.governance, today).map(({ code, words, says }) => ({
      code,
      words,
      says,
    })),
    units: settings.units.map(({ id, name }) => ({ id, name })),
    mayManage: mayManage(roles),
  };
};
