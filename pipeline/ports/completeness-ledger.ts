import type { ChannelWindow, Gap, Stretch } from '../domain/completeness.ts';

/** What is known of whether a channel was read in full. Numbers and our own words only. */
export interface CompletenessLedger {
  /**
   * Keeps a closed window, and in the same transaction the gap it opens or goes on with (`window.gapId` names it). A window is
   * closed once: what comes second changes nothing. @returns whether this was the first
   */
  closeWindow(window: ChannelWindow, gap: Gap | null): Promise<boolean>;

  /**
   * What has become of a gap: its reach, its next step, or that it is filled; then its windows are `filled` too. One that is filled
   * already stays as it is. @throws NotFound
   */
  settleGap(gap: Gap): Promise<void>;

  /** Newest first, of those that begin at `since` or later. */
  listWindows(channelId: string, since: string, limit: number): Promise<ChannelWindow[]>;

  /** Newest first. @param channelId null for all channels */
  listGaps(channelId: string | null, state: 'open' | 'filled', limit: number): Promise<Gap[]>;

  /** The channel's gaps, open or filled, that lie over some of this time; newest first. */
  listGapsOver(channelId: string, time: Stretch, limit: number): Promise<Gap[]>;

  /** From the start of the first closed window to the end of the last: one follows on the other. Null while there is none. */
  readSpan(channelId: string): Promise<Stretch | null>;

  /** The open gap in reach that begins first: a run that reads lists back goes on until there. */
  findOldestGap(channelId: string): Promise<Gap | null>;
}
