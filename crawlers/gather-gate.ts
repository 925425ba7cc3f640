import type { CrawledChannel, Governance } from '../pipeline/domain/channel.ts';
import { whyCommentsOff } from '../pipeline/domain/comments-gate.ts';
import { bucketHour } from '../pipeline/domain/time.ts';
import type { CrawlDeps } from './crawl.ts';

/** What may be gathered at this moment. */
export interface GatherGate {
  /** Why no comments are gathered; null when they are. */
  commentsOff: string | null;
  /** Whether somebody must do something about it: it is not the channel's own setting. */
  isForbidden: boolean;
  isObjector: (authorId: string) => boolean;
}

const notWanted = 'the channel is set not to gather comments';

/**
 * Asked before every call, so that a run which goes on over midnight, or while the office changes its mind, keeps to what holds now
 * (R21, R13). Settings and list are read again only when they have changed.
 */
export function openGatherGate(
  { stores, clock, objections }: Pick<CrawlDeps, 'stores' | 'clock' | 'objections'>,
  channel: CrawledChannel,
): () => Promise<GatherGate> {
  let known: { version: number; governance: Governance | null } | null = null;
  const readGovernance = async () => {
    const version = await stores.settings.readVersion();
    if (known?.version !== version) {
      known = { version, governance: (await stores.settings.read()).governance };
    }
    return known.governance;
  };
  const wantsComments = 'comments' in channel && channel.comments;
  return async () => {
    const list = await objections?.read();
    const isObjector = (authorId: string) => list?.isObjector(channel.kind, authorId) ?? false;
    if (!wantsComments) return { commentsOff: notWanted, isForbidden: false, isObjector };
    const today = bucketHour(clock.now()).slice(0, 10);
    const commentsOff = whyCommentsOff(await readGovernance(), today) ?? list?.problem ?? null;
    return { commentsOff, isForbidden: commentsOff !== null, isObjector };
  };
}
