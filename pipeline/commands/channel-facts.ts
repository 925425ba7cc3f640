import { runsNeeded } from '../domain/cadence.ts';
import type { Channel } from '../domain/channel.ts';
import type { ChannelWindow, Gap } from '../domain/completeness.ts';
import type { CrawlRun } from '../domain/crawl.ts';
import type { CredentialFacts } from '../domain/credential.ts';
import { type LedgerNotice, ledgerNotices } from '../domain/ledger-notice.ts';
import { type ChannelNotice, columnSilentBefore, findRegisterGaps, findSilence } from '../domain/silence.ts';
import { bucketHour, laterBy } from '../domain/time.ts';
import type { Ports, Stores } from '../ports/index.ts';

export interface ChannelFactsPorts {
  stores: Pick<Stores, 'ledger' | 'credentials'>;
  clock: Ports['clock'];
}

/** What is known of a channel now: numbers and our own words. */
export interface ChannelFacts {
  /** Newest first. */
  runs: CrawlRun[];
  /** Newest first. */
  windows: ChannelWindow[];
  /** Newest first. */
  openGaps: Gap[];
  credentials: CredentialFacts[];
  /** What keeps it from being read in full comes first. */
  notices: (ChannelNotice | LedgerNotice)[];
}

const windowDays = 60;
const mostColumns = 20;

/** @param most how many runs, windows and gaps are wanted */
export async function readChannelFacts(
  channel: Channel,
  most: { runs: number; windows: number; gaps: number },
  { stores: { ledger, credentials }, clock }: ChannelFactsPorts,
): Promise<ChannelFacts> {
  const now = clock.now();
  const runs = await ledger.listRuns(channel.id, Math.max(most.runs, runsNeeded));
  const openGaps = await ledger.listGaps(channel.id, 'open', most.gaps);
  const facts = await credentials.listFacts(channel.id);
  return {
    runs: runs.slice(0, most.runs),
    windows: await ledger.listWindows(channel.id, laterBy(now, -windowDays * 86_400_000), most.windows),
    openGaps,
    credentials: facts,
    notices: [
      ...ledgerNotices({ channel, now, runs, openGaps, credentials: facts }),
      ...(await findNotices(channel, runs, { ledger, now })),
    ],
  };
}

/** Of every channel: what has gone quiet and what the register lacks. */
export async function readRegisterNotices(
  { stores: { ledger }, clock }: { stores: Pick<Stores, 'ledger'>; clock: Pick<Ports['clock'], 'now'> },
  channels: readonly Channel[],
): Promise<(ChannelNotice & { channelId: string })[]> {
  const told: (ChannelNotice & { channelId: string })[] = [];
  for (const channel of channels) {
    const runs = await ledger.listRuns(channel.id, runsNeeded);
    const notices = await findNotices(channel, runs, { ledger, now: clock.now() });
    told.push(...notices.map((notice) => ({ channelId: channel.id, ...notice })));
  }
  return told;
}

/** What has gone quiet and what the register lacks. */
async function findNotices(
  channel: Channel,
  runs: readonly CrawlRun[],
  { ledger, now }: { ledger: Pick<Stores['ledger'], 'listStaleLists'>; now: string },
): Promise<ChannelNotice[]> {
  const stale =
    channel.kind === 'site'
      ? await ledger.listStaleLists(channel.id, columnSilentBefore(now), mostColumns)
      : [];
  const columns = stale.flatMap(({ url, newestItemAt }) =>
    newestItemAt === null ? [] : [{ url, newestItemAt }],
  );
  const newestItemAt = runs.reduce<string | null>(
    (newest, run) => ((run.newestItemAt ?? '') > (newest ?? '') ? run.newestItemAt : newest),
    null,
  );
  const today = bucketHour(now).slice(0, 10);
  return [...findSilence(channel, { newestItemAt, columns }, now), ...findRegisterGaps(channel, today)];
}
