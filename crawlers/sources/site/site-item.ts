import type { Attachment, GatheredPost, Metrics } from '../../../pipeline/domain/post.ts';
import type { PublishedPrecision } from '../../../pipeline/domain/time.ts';

/** One item as `guanlan parse` prints it; `toGatheredPost` makes of it what the store takes. */
export interface SiteItem {
  kind: 'article';
  /** The same whichever column, address form or list the article was met under. */
  id: string;
  /** Empty where the page links by script only, or where nothing is known of the page's address. */
  url: string;
  title: string;
  /** Empty for a row of a list. */
  text: string;
  publishedAt: string | null;
  publishedPrecision: PublishedPrecision | null;
  parentId: null;
  metrics: Metrics;
  links: string[];
  attachments: Attachment[];
  /** Addresses of the pictures in its text, as often as each is shown; absent for a row of a list. */
  images?: string[];
}

export function buildItem(from: {
  url: string;
  title: string;
  published: { publishedAt: string; precision: PublishedPrecision } | null;
  id: string;
}): SiteItem {
  return {
    kind: 'article',
    id: from.id === '' ? `title:${from.title}` : from.id,
    url: from.url,
    title: from.title,
    text: '',
    publishedAt: from.published?.publishedAt ?? null,
    publishedPrecision: from.published?.precision ?? null,
    parentId: null,
    metrics: {},
    links: [],
    attachments: [],
  };
}

/** As the store takes it. */
export function toGatheredPost(item: SiteItem, channelId: string): GatheredPost {
  const { id, ...rest } = item;
  return { ...rest, channelId, externalId: id, rootId: null };
}
