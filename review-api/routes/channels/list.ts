import type { Channel } from '../../../pipeline/domain/channel.ts';
import type { Settings } from '../../../pipeline/domain/settings.ts';
import type { ChannelView } from '../../contract/channel.ts';
import type { Handler, RouteDeps } from '../../http/call.ts';

const pagesShown = 20;

export const listChannels: Handler<'listChannels'> = async ({ deps }) => {
  const settings = await deps.directory.settings();
  return { items: await Promise.all(settings.channels.map((one) => presentChannel(one, settings, deps))) };
};

async function presentChannel(
  { id, name, kind, state, unit }: Channel,
  settings: Settings,
  { stores: { ledger }, directory }: RouteDeps,
): Promise<ChannelView> {
  const [lastRun = null] = await ledger.listRuns(id, 1);
  return {
    ...{ id, name, kind, state },
    unit: directory.unit(settings, unit),
    lastRun,
    pagesToLookAt: await ledger.listPages(id, ['unknown-page', 'failed', 'refused'], pagesShown),
  };
}
