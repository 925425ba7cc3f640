import { type StoreGatheredPorts, storeGathered } from '../../../pipeline/commands/store-gathered.ts';
import type { WeiboChannel } from '../../../pipeline/domain/channel.ts';
import { type GatheredPost, postId } from '../../../pipeline/domain/post.ts';
import type { PostStore, StoreOutcome } from '../../../pipeline/ports/post-store.ts';
import { type ParsedItem, toGatheredPost } from '../parsed.ts';
import type { ImportedItems } from './import-file.ts';

export interface ImportReport {
  statuses: number;
  comments: number;
  outcomes: Record<StoreOutcome, number>;
  /** Of other accounts, under their statuses, or of nobody knows whom (R1). */
  refused: number;
  objected: number;
  /** Left out because comments are not gathered now. */
  commentsOff: number;
}

interface ImportPorts {
  store: StoreGatheredPorts;
  posts: Pick<PostStore, 'findPost'>;
}

/**
 * Stores what all files hold, each item once. Comments are taken under the channel's own statuses only: those that come along, and
 * those in the store.
 * @param files read whole before, so that a broken one leaves nothing half imported
 */
export async function importItems(
  files: readonly ImportedItems[],
  { channel, commentsOff, ports }: { channel: WeiboChannel; commentsOff: string | null; ports: ImportPorts },
): Promise<ImportReport> {
  const statuses = unique(files.flatMap((file) => file.statuses));
  const comments = unique(files.flatMap((file) => file.comments));
  const own = await ownComments(comments, new Set(statuses.keys()), { channel, posts: ports.posts });
  const kept = commentsOff === null ? own : [];
  const whole = await withoutKnownBeginnings([...statuses.values()], { channel, posts: ports.posts });
  const posts = [...whole, ...kept].map((item) => toGatheredPost(item, channel.id));
  const outcomes = { created: 0, edited: 0, unchanged: 0 };
  for (const outcome of await storeGathered(ports.store, posts.map(withoutSnapshot))) outcomes[outcome] += 1;
  return {
    statuses: whole.length,
    comments: kept.length,
    outcomes,
    refused: files.reduce((sum, file) => sum + file.refused, 0) + comments.size - own.length,
    objected: files.reduce((sum, file) => sum + file.objected, 0),
    commentsOff: own.length - kept.length,
  };
}

function withoutSnapshot(post: GatheredPost) {
  return { post, snapshotHash: null };
}

/** The last of each, but a whole text before its beginning. */
function unique(items: readonly ParsedItem[]): Map<string, ParsedItem> {
  const known = new Map<string, ParsedItem>();
  for (const item of items) {
    const before = known.get(item.id);
    if (before !== undefined && item.traits.truncated === true && before.traits.truncated !== true) continue;
    known.set(item.id, item);
  }
  return known;
}

/** A list shows the beginning of a long text, which must not replace the whole. */
async function withoutKnownBeginnings(
  statuses: readonly ParsedItem[],
  { channel, posts }: { channel: WeiboChannel; posts: Pick<PostStore, 'findPost'> },
): Promise<ParsedItem[]> {
  const kept: ParsedItem[] = [];
  for (const item of statuses) {
    const id = postId({ channelId: channel.id, kind: 'status', externalId: item.id });
    if (item.traits.truncated === true && (await posts.findPost(id)) !== null) continue;
    kept.push(item);
  }
  return kept;
}

async function ownComments(
  comments: ReadonlyMap<string, ParsedItem>,
  imported: ReadonlySet<string>,
  { channel, posts }: { channel: WeiboChannel; posts: Pick<PostStore, 'findPost'> },
): Promise<ParsedItem[]> {
  const own = new Map<string, boolean>();
  const isOwn = async (statusId: string) => {
    const id = postId({ channelId: channel.id, kind: 'status', externalId: statusId });
    const known = own.get(statusId) ?? (imported.has(statusId) || (await posts.findPost(id)) !== null);
    own.set(statusId, known);
    return known;
  };
  const kept: ParsedItem[] = [];
  for (const comment of comments.values()) {
    if (comment.rootId !== null && (await isOwn(comment.rootId))) kept.push(comment);
  }
  return kept;
}
