import { runsNeeded } from '../domain/cadence.ts';
import type { Channel } from '../domain/channel.ts';
import { isCrawled } from '../domain/crawled.ts';
import { type LedgerNotice, ledgerNotices } from '../domain/ledger-notice.ts';
import { bucketHour } from '../domain/time.ts';
import type { Ports, Stores } from '../ports/index.ts';

export interface NoticePorts {
  stores: Pick<Stores, 'ledger' | 'credentials' | 'settings'>;
  clock: Pick<Ports['clock'], 'now'>;
}

export type NoticeOfChannel = LedgerNotice & { channelId: string };

const gapsTold = 20;

/** What keeps crawled channels from being read in full, channel by channel. */
export async function readLedgerNotices(
  { stores: { ledger, credentials }, clock }: NoticePorts,
  channels: readonly Channel[],
): Promise<NoticeOfChannel[]> {
  const told: NoticeOfChannel[] = [];
  for (const channel of channels.filter(isCrawled)) {
    const { id: channelId } = channel;
    const notices = ledgerNotices({
      channel,
      now: clock.now(),
      runs: await ledger.listRuns(channelId, runsNeeded),
      openGaps: await ledger.listGaps(channelId, 'open', gapsTold),
      credentials: await credentials.listFacts(channelId),
    });
    told.push(...notices.map((notice) => ({ channelId, ...notice })));
  }
  return told;
}

/**
 * The notices that were not told yet on this Shanghai day. Gaps are told when they open, and are not repeated here.
 * @param told remembers what was told, for one process; a restart may tell twice
 */
export async function findNewsOfDay(
  ports: NoticePorts,
  told: Map<string, string>,
): Promise<NoticeOfChannel[]> {
  const today = bucketHour(ports.clock.now()).slice(0, 10);
  const { channels } = await ports.stores.settings.read();
  const standing = (await readLedgerNotices(ports, channels)).filter(({ code }) => !code.startsWith('gap-'));
  return standing.filter(({ channelId, code }) => {
    const key = `${channelId} ${code}`;
    const isNews = told.get(key) !== today;
    told.set(key, today);
    return isNews;
  });
}
