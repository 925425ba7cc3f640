import type { SiteChannel } from '../pipeline/domain/channel.ts';
import type { PageRole } from '../pipeline/domain/crawl.ts';
import type { GatheredPost } from '../pipeline/domain/post.ts';
import type { EgressResponse } from '../pipeline/ports/egress.ts';
import { decodePage } from './sources/site/decode.ts';
import { type ParsedSitePage, parseSitePage } from './sources/site/parse.ts';
import { toGatheredPost } from './sources/site/site-item.ts';

/** One page as the crawl needs it. A status of 200 says little about `state`: many sites send their notices with it. */
export interface ReadPage {
  state: ParsedSitePage['state'];
  role: PageRole;
  /** The article of an article page, identity dropped. */
  article: GatheredPost | null;
  /** Absolute addresses: of a list's rows, of the lists it leads to, of the pager's next page. */
  articles: string[];
  lists: string[];
  next: string | null;
  /** Of a list: the newest date of its rows, none of them from the future. */
  newestItemAt: string | null;
  /** Why a page is unknown, where the parser can say it. */
  reason: string | null;
}

const pageTypes = /^(?:text\/|application\/(?:xhtml\+xml|xml)$)/;

/** The kind of file that came where a page was expected; null for a page. An unclear type is settled by the first bytes. */
export function fileTypeOf({ headers, body }: EgressResponse): string | null {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (pageTypes.test(type)) return null;
  const isUnclear = type === '' || type === 'application/octet-stream' || type === 'application/x-download';
  const start = Buffer.from(body.subarray(0, 64)).toString('latin1').replace(/^ï»¿/, '').trimStart();
  return isUnclear && (start === '' || start.startsWith('<')) ? null : type || 'unknown type';
}

/** Bytes to meaning: decodes by evidence, then reads the structure. Pure. */
export function readPage(channel: SiteChannel, response: EgressResponse, fetchedAt: string): ReadPage {
  const { url, status, headers, body } = response;
  const { html } = decodePage(body, headers['content-type'] ?? null);
  const { selectors } = channel;
  const parsed = parseSitePage({ url, html, fetchedAt, selectors, status });
  const { state, role, items, next, pages, reason = null } = parsed;
  const [article] = items;
  if (role === 'article') {
    const post = article === undefined ? null : toGatheredPost(article, channel.id);
    return { state, role, article: post, articles: [], lists: [], next: null, newestItemAt: null, reason };
  }
  const linked = (wanted: PageRole) => pages.filter((page) => page.role === wanted).map((page) => page.url);
  const rows = items.map((item) => item.url).filter((address) => address !== '');
  return {
    state,
    role: role ?? 'list',
    article: null,
    articles: [...rows, ...linked('article')],
    lists: [...linked('home'), ...linked('list')].filter((address) => address !== next),
    next,
    newestItemAt: newestOf(items, fetchedAt),
    reason,
  };
}

function newestOf(items: ParsedSitePage['items'], fetchedAt: string): string | null {
  const dates = items.flatMap(({ publishedAt }) => publishedAt ?? []).filter((date) => date <= fetchedAt);
  return dates.reduce<string | null>(
    (newest, date) => (newest === null || date > newest ? date : newest),
    null,
  );
}
