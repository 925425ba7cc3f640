import type { Credentials } from '../pipeline/commands/credentials.ts';
import type { Clock } from '../pipeline/ports/clock.ts';
import type { EgressProxy } from '../pipeline/ports/egress.ts';
import type { Stores } from '../pipeline/ports/index.ts';
import type { PictureSource, WechatDrafts } from '../pipeline/ports/wechat-drafts.ts';
import { openPictureSource } from './bring-pictures.ts';
import { openEgress } from './fetch/egress.ts';
import type { Platforms } from './source.ts';
import { openWechatDrafts } from './sources/wechat/drafts.ts';
import { TokenKeeper } from './sources/wechat/token-keeper.ts';

interface SourceContext {
  clock: Clock;
  stores: Pick<Stores, 'leases' | 'rates' | 'settings'>;
  credentials: Credentials;
  proxy?: EgressProxy | null;
  platforms?: Platforms;
  /** In the embedded set-up nobody else asks, and the pace is kept in this process alone. */
  config?: { setUp: 'embedded' | 'scaled' };
}

/** Where texts of drafts come from and may go to, with a way out of their own. */
export interface DraftSources {
  wechatDrafts: WechatDrafts;
  pictures: PictureSource;
  close(): Promise<void>;
}

export function openDraftSources(context: SourceContext): DraftSources {
  const { clock, stores, credentials, proxy = null, platforms } = context;
  const { leases, rates } = stores;
  const shared = context.config?.setUp === 'embedded' ? {} : { shared: { rates, leases } };
  const egress = openEgress({ clock, proxy, ...shared });
  const simulated = platforms === undefined ? {} : { platforms };
  const tokens = { credentials, leases, rates, egress, clock, ...simulated };
  const ownHosts = async () => {
    const { channels } = await stores.settings.read();
    return channels.flatMap((channel) => (channel.kind === 'site' ? channel.allow : []));
  };
  return {
    wechatDrafts: openWechatDrafts((channel) => ({
      egress,
      access: new TokenKeeper(tokens, channel),
      ...simulated,
    })),
    pictures: openPictureSource({ egress, ownHosts, ...simulated }),
    close: () => egress.close(),
  };
}
