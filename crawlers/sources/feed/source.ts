import type { FeedChannel } from '../../../pipeline/domain/channel.ts';
import { PageChanged, Permanent } from '../../../pipeline/domain/errors.ts';
import { laterBy } from '../../../pipeline/domain/time.ts';
import type { Source } from '../../source.ts';
import { toGatheredPost } from '../parsed.ts';
import { parseFeedBytes } from './parse.ts';

/** The address of a channel's one feed. The route of an RSSHub is filled with the channel's own account and nothing else (R1). */
export function feedAddress({ feed }: FeedChannel): string {
  if (feed.from === 'own') return new URL(feed.url).href;
  const base = feed.instance.replace(/\/+$/, '');
  return `${base}${feed.route.replace(':id', encodeURIComponent(feed.accountId))}`;
}

/** The oldest entry that bears a date, not counting those that are pinned above the newest. */
function oldestOf(dates: readonly (string | null)[]): string | null {
  const dated = dates.filter((one) => one !== null);
  const newestAt = dated.indexOf([...dated].sort().at(-1) ?? '');
  // Sorted the other way round, none is pinned.
  const listed = newestAt === dated.length - 1 ? dated : dated.slice(newestAt);
  return listed.reduce<string | null>((a, b) => (a === null || b < a ? b : a), null);
}

/**
 * A feed of the school's own. It shows its newest entries and no more: what came and went between two looks is a gap that only a
 * person can fill.
 */
export const feedSource: Source<FeedChannel> = {
  kind: 'feed',
  needs: { credential: () => null },
  limits: { pageBytes: 10 * 1_048_576 },
  robots: 'respect',
  redirects: 'follow',
  pagesBack: false,
  buildAllowance(channel) {
    const { host, pathname } = new URL(feedAddress(channel));
    const { privateAddress, requestsPerMinute } = channel;
    return { hosts: [{ host, paths: [pathname] }], privateAddress, requestsPerMinute };
  },
  startPages: (channel) => [{ url: feedAddress(channel), role: 'list', pageNumber: 0 }],
  buildCall: ({ url }) => ({
    url,
    headers: { accept: 'application/rss+xml, application/atom+xml, */*;q=0.5' },
  }),
  read(page, response, { channel, since, now }) {
    if (response.status !== 200) {
      throw new Permanent(`status ${response.status}: the feed is not there (check its address)`);
    }
    const kind = channel.feed.from === 'rsshub' && /^\/weibo/.test(channel.feed.route) ? 'status' : 'article';
    const contentType = response.headers['content-type'] ?? null;
    const parsed = parseFeedBytes({
      bytes: response.body,
      contentType,
      url: response.url,
      fetchedAt: now,
      kind,
    });
    if (parsed.state === 'unknown-page')
      throw new PageChanged(page.url, parsed.reason ?? 'the answer is no feed');
    const dates = parsed.items.map(({ publishedAt }) => publishedAt);
    const oldest = oldestOf(dates);
    return {
      state: parsed.state === 'empty' ? 'empty' : 'ok',
      posts: parsed.items.map((item) => toGatheredPost(item, channel.id)),
      pages: [],
      dueAt: laterBy(now, channel.everyMinutes * 60_000),
      reachedBack: oldest === null || oldest <= since,
      newestItemAt: dates.reduce((newest, one) => ((one ?? '') > (newest ?? '') ? one : newest), null),
      objected: 0,
      gone: [],
    };
  },
};
