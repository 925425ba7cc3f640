import type { WechatChannel } from '../../../pipeline/domain/channel.ts';
import type { Clock } from '../../../pipeline/ports/clock.ts';
import type { DiscoveredPage, LedgerStore } from '../../../pipeline/ports/ledger-store.ts';
import { readAlbumAddress, readArticleAddress } from './address.ts';

/** What became of one address that a person gave. */
export type AddedAddress =
  | { outcome: 'added' | 'asked-again'; is: 'article' | 'album'; url: string }
  | { outcome: 'refused'; why: string };

interface AddPorts {
  ledger: Pick<LedgerStore, 'discover' | 'findPage' | 'settle'>;
  clock: Pick<Clock, 'now'>;
}

/** A person who gives an address wants to see it soon. */
const givenPriority = 7;

/** Nothing is asked here: whose a short address is shows only when it is read (R1). */
function pageOf(
  text: string,
  { biz }: WechatChannel,
): { page: DiscoveredPage; is: 'article' | 'album' } | string {
  const article = readArticleAddress(text);
  const album = readAlbumAddress(text);
  if (album !== null) {
    if (album.biz !== biz) return 'an album of another account than this channel’s';
    return { is: 'album', page: { url: album.url, role: 'list', pageNumber: 0 } };
  }
  if (article === null) {
    return 'no address of an article or an album: it begins with https://mp.weixin.qq.com/s or …/mp/appmsgalbum';
  }
  if (article.kind === 'temporary') {
    return 'a temporary address (a search result or a preview): open the article, and copy its link from the menu ⋯';
  }
  if (article.kind === 'long' && article.ids.biz !== biz)
    return 'an article of another account than this channel’s';
  return {
    is: 'article',
    page: { url: article.url, role: 'article', pageNumber: 0, priority: givenPriority },
  };
}

/** Puts addresses of the channel's own articles and albums into its ledger, due now. In the order given. */
export async function addWechatAddresses(
  { ledger, clock }: AddPorts,
  channel: WechatChannel,
  texts: readonly string[],
): Promise<AddedAddress[]> {
  const results: AddedAddress[] = [];
  const at = clock.now();
  for (const text of texts) {
    const found = pageOf(text, channel);
    if (typeof found === 'string') {
      results.push({ outcome: 'refused', why: found });
      continue;
    }
    const { is, page } = found;
    const isNew = (await ledger.discover(channel.id, [page], at)) > 0;
    if (!isNew) await wake(ledger, channel.id, { page, at });
    results.push({ outcome: isNew ? 'added' : 'asked-again', is, url: page.url });
  }
  return results;
}

/** One that failed or waits for its turn is asked again at once. */
async function wake(
  ledger: AddPorts['ledger'],
  channelId: string,
  { page, at }: { page: DiscoveredPage; at: string },
): Promise<void> {
  const known = await ledger.findPage(channelId, page.url);
  if (known === null) return;
  const { channelId: _, url: __, role: ___, pageNumber: ____, ...rest } = known;
  await ledger.settle(channelId, page.url, {
    ...rest,
    attempts: 0,
    dueAt: at,
    priority: page.priority ?? rest.priority,
  });
}
