import { type ArticleIds, articleIds, articleKey, longAddress } from './address.ts';
import type { CommentedArticle } from './api-items.ts';

/**
 * Calls of the official interface as addresses of the ledger: what the interface takes in the body stands in the query here, and
 * no token stands anywhere.
 */
export const apiOrigin = 'https://api.weixin.qq.com';
const publishedPath = '/cgi-bin/freepublish/batchget';
const commentsPath = '/cgi-bin/comment/list';
export const apiPaths = [publishedPath, commentsPath];

/** What the interface gives at most in one call. */
export const publishedPageSize = 20;
const commentsPageSize = 49;

export type Call =
  /** `total`: how many there were when this page was found; null for the first, which is read in every run. */
  | { is: 'published'; offset: number; total: number | null }
  | {
      is: 'comments';
      article: CommentedArticle;
      ids: ArticleIds;
      facts: CommentedFacts;
      msgDataId: string;
      index: number;
      begin: number;
    };

export function publishedAddress(offset: number, total: number | null): string {
  const counted = total === null ? '' : `&total=${total}`;
  return `${apiOrigin}${publishedPath}?offset=${offset}&count=${publishedPageSize}${counted}`;
}

/** What is known of an article besides its numbers: both may be missing. */
export interface CommentedFacts {
  sn: string;
  /** An instant, or the day of one: tells how often comments are worth a look. */
  publishedAt: string | null;
}

/** @param ids of the article; the number of its message is what the interface calls msg_data_id */
export function commentsAddress(
  { biz, mid, idx }: ArticleIds,
  { sn, publishedAt }: CommentedFacts,
  begin: number,
): string {
  const secret = sn === '' ? '' : `&sn=${sn}`;
  const day = publishedAt === null ? '' : `&day=${publishedAt.slice(0, 10)}`;
  return `${apiOrigin}${commentsPath}?__biz=${biz}&msg_data_id=${mid}&index=${Number(idx) - 1}${secret}${day}&begin=${begin}`;
}

function digits(query: URLSearchParams, name: string): number | null {
  const value = query.get(name) ?? '';
  return /^\d{1,15}$/.test(value) ? Number(value) : null;
}

/** Null for an address that is none of these calls. */
export function readCall(url: string): Call | null {
  if (!URL.canParse(url)) return null;
  const { origin, pathname, searchParams: query } = new URL(url.replaceAll('+', '%2B'));
  if (origin !== apiOrigin) return null;
  if (pathname === publishedPath) {
    const offset = digits(query, 'offset');
    return offset === null ? null : { is: 'published', offset, total: digits(query, 'total') };
  }
  if (pathname !== commentsPath) return null;
  const index = digits(query, 'index');
  const begin = digits(query, 'begin') ?? 0;
  const ids =
    index === null
      ? null
      : articleIds(query.get('__biz') ?? '', query.get('msg_data_id') ?? '', String(index + 1));
  if (ids === null || index === null) return null;
  const sn = /^[0-9a-f]{1,64}$/i.exec(query.get('sn') ?? '')?.[0] ?? '';
  const article = { id: articleKey(ids), url: longAddress(ids, sn) };
  const day = /^\d{4}-\d{2}-\d{2}$/.exec(query.get('day') ?? '')?.[0] ?? null;
  return { is: 'comments', article, ids, facts: { sn, publishedAt: day }, msgDataId: ids.mid, index, begin };
}

/** Which article the comments at this address are on; null where it names none. */
export function commentedArticle(url: string): CommentedArticle | null {
  const call = readCall(url);
  return call?.is === 'comments' ? call.article : null;
}

/** What is sent: nothing of the platform's goes into the query but the token, since it takes the rest in the body only. */
export function callBody(call: Call): string {
  if (call.is === 'published')
    return JSON.stringify({ offset: call.offset, count: publishedPageSize, no_content: 0 });
  return JSON.stringify({
    msg_data_id: Number(call.msgDataId),
    index: call.index,
    begin: call.begin,
    count: commentsPageSize,
    type: 0,
  });
}
