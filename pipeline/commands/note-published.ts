import { createHash } from 'node:crypto';
import type { MetItem } from '../domain/live-match.ts';
import { type GatheredPost, postId } from '../domain/post.ts';
import type { Stores } from '../ports/index.ts';

/** An article or status of the school's own; files that an article offers are none, nor are comments and leads. */
function isPublished({ kind, parentId }: GatheredPost): boolean {
  return (kind === 'article' || kind === 'status') && parentId === null;
}

function toMetItem(post: GatheredPost): MetItem {
  const { channelId, url, publishedAt, publishedPrecision, title, text, links, attachments } = post;
  const told = JSON.stringify([title, text, links, attachments.map(({ name, url }) => [name, url])]);
  const contentHash = createHash('sha256').update(told).digest('hex');
  const images = post.images ?? null;
  return { postId: postId(post), channelId, url, publishedAt, publishedPrecision, contentHash, images };
}

/** What is on line now, for the live match: due for a look where it is new or says otherwise. Again is harmless. */
export async function notePublished(
  stores: Pick<Stores, 'live'>,
  posts: readonly GatheredPost[],
  at: string,
): Promise<void> {
  const items = posts.filter(isPublished).map(toMetItem);
  if (items.length > 0) await stores.live.noteItems(items, at);
}
