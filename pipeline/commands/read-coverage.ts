import type { Channel } from '../domain/channel.ts';
import type { Stretch } from '../domain/completeness.ts';
import { type ChannelCoverage, gapsFor, stretchOfDays } from '../domain/coverage.ts';
import { isWatchedWhole } from '../domain/crawled.ts';
import type { Speaker } from '../domain/item-fact.ts';
import { leadChannel } from '../domain/lead.ts';
import type { Stores } from '../ports/index.ts';
import { assertChannels } from './assert-registered.ts';

export interface CoveragePorts {
  stores: Pick<Stores, 'ledger' | 'settings'>;
}

export interface CoverageQuery {
  /** Days in Shanghai, both included. */
  fromDay: string;
  toDay: string;
  /** Left out: every channel of the register. */
  channelIds?: readonly string[];
  /** Whose figures are asked for: those of the public come from channels with comments alone. */
  speaker?: Speaker;
}

const mostGaps = 2000;

/** What people outside say comes from there. */
export const hasComments = (channel: Channel): boolean => 'comments' in channel && channel.comments;

/** People bring in what it shows, now and ever: registered, not crawled. */
function isByHand(channel: Channel): boolean {
  return channel.kind === 'manual' || (channel.kind === 'weibo' && channel.door === 'import');
}

const overlaps = (span: Stretch | null, { from, to }: Stretch): boolean =>
  span !== null && span.from < to && span.to > from;

/**
 * What is known of whether these channels were read in full in this time; in the order of the register, leads last. Two indexed reads a
 * channel, however long the time and however many items. A channel that was not crawled in this time takes part only when it is
 * asked for by name; so for two periods that are compared, ask once, from the first day of one to the last of the other.
 * @throws InvalidInput for a channel that is not registered
 */
export async function readCoverage(
  { fromDay, toDay, channelIds, speaker }: CoverageQuery,
  { stores: { ledger, settings } }: CoveragePorts,
): Promise<ChannelCoverage[]> {
  const { channels } = await settings.read();
  assertChannels(channels, channelIds);
  const time = stretchOfDays(fromDay, toDay);
  const found: ChannelCoverage[] = [];
  for (const channel of channels) {
    const { id: channelId } = channel;
    const isNamed = channelIds?.includes(channelId);
    if (isNamed === false || (speaker === 'public' && !isByHand(channel) && !hasComments(channel))) continue;
    if (isByHand(channel)) {
      found.push({ channelId, kind: 'by-hand', span: null, gaps: [] });
      continue;
    }
    const kind = isWatchedWhole(channel) ? 'watched' : 'ended';
    const span = await ledger.readSpan(channelId);
    if (kind === 'ended' && isNamed === undefined && !overlaps(span, time)) continue;
    const gaps = gapsFor(await ledger.listGapsOver(channelId, time, mostGaps), speaker);
    found.push({ channelId, kind, span, gaps });
  }
  if (speaker !== 'school' && channelIds?.includes(leadChannel.id) !== false)
    found.push({ channelId: leadChannel.id, kind: 'by-hand', span: null, gaps: [] });
  return found;
}
