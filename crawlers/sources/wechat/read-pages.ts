import type { LedgerPage } from '../../../pipeline/domain/crawl.ts';
import { PageChanged, Permanent, RetryLater } from '../../../pipeline/domain/errors.ts';
import type { EgressResponse } from '../../../pipeline/ports/egress.ts';
import { nextArticleVisit } from '../../ledger.ts';
import type { FoundPage, SourceReading } from '../../source.ts';
import { toGatheredPost } from '../parsed.ts';
import { decodePage } from '../site/decode.ts';
import { parseSafeJson } from '../weibo/safe-json.ts';
import { articleKey, readArticleAddress } from './address.ts';
import { AlbumBody, readAlbumBody } from './album.ts';
import { type ArticlePage, readArticlePage } from './article-page.ts';
import { commentsAddress } from './calls.ts';
import { type Notice, noticeMeanings } from './notice.ts';
import { dayMs, hourMs, minuteMs, newestOf, priorityOf, readingOf, type WechatScope } from './reading.ts';

/** How long the platform's pages are left alone when it wants to see a person: nothing is done about it but waiting. */
const captchaDelayMs = 6 * hourMs;

const addArticleHint = 'guanlan channel add-article';

function decoded({ body, headers }: EgressResponse): string {
  return decodePage(body, headers['content-type'] ?? null).html;
}

/** What a notice in place of an article means for the run. */
function readNotice(notice: Notice, page: LedgerPage, scope: WechatScope): SourceReading {
  const { state, reason } = noticeMeanings[notice];
  if (state === 'deleted') {
    const address = readArticleAddress(page.url);
    const named = address?.kind === 'long' ? [articleKey(address.ids)] : [];
    return readingOf(scope, 30 * dayMs, {
      state: 'deleted',
      gone: named.map((externalId) => ({ kind: 'article', externalId })),
    });
  }
  if (notice === 'captcha') throw new RetryLater(captchaDelayMs, reason);
  if (notice === 'busy') throw new RetryLater(10 * minuteMs, reason);
  const hint =
    notice === 'link-expired' || notice === 'bad-address'
      ? ` (${addArticleHint} ${scope.channel.id} ADDRESS)`
      : '';
  throw new Permanent(`${reason}${hint}`);
}

/** R1: a page of another account is not read, whoever pasted its address. */
function assertOwn({ biz, ids }: ArticlePage, scope: WechatScope): void {
  const own = scope.channel.biz;
  if (biz === own && (ids === null || ids.biz === own)) return;
  throw new Permanent(
    biz === ''
      ? 'the page does not say which account it belongs to; nothing of it was stored'
      : 'the page belongs to another account than this channel’s; nothing of it was stored',
  );
}

export function readArticle(page: LedgerPage, response: EgressResponse, scope: WechatScope): SourceReading {
  const read = readArticlePage(decoded(response), page.url);
  const [item] = read.response.items;
  if (read.notice !== null) return readNotice(read.notice, page, scope);
  if (item === undefined) throw new PageChanged(page.url, read.response.reason ?? 'no article');
  assertOwn(read, scope);
  if (read.ids === null) throw new PageChanged(page.url, 'an article without its number');
  const since = item.publishedAt ?? scope.now;
  const comments: FoundPage[] =
    scope.channel.appId === undefined
      ? []
      : [
          {
            url: commentsAddress(read.ids, { sn: read.sn, publishedAt: item.publishedAt }, 0),
            role: 'comments',
            pageNumber: 0,
            priority: priorityOf(item.publishedAt, scope.now),
          },
        ];
  return readingOf(scope, 0, {
    posts: [toGatheredPost(item, scope.channel.id)],
    pages: comments,
    dueAt: nextArticleVisit(page.url, since, scope.now),
    newestItemAt: item.publishedAt,
  });
}

/** A redirect leads to a verification, or to the article's other address. */
export function readRedirect(page: LedgerPage, response: EgressResponse, scope: WechatScope): SourceReading {
  const location = response.headers.location ?? '';
  if (/wappoc_appmsgcaptcha|secitptpage|\/login|passport/i.test(location))
    return readNotice('captcha', page, scope);
  const address = readArticleAddress(
    URL.canParse(location, page.url) ? new URL(location, page.url).href : '',
  );
  if (address === null || address.kind === 'temporary' || address.url === page.url) {
    throw new PageChanged(page.url, 'a redirect to something that is no article');
  }
  return readingOf(scope, 30 * dayMs, {
    pages: [{ url: address.url, role: 'article', pageNumber: 0, priority: 3 }],
  });
}

export function readAlbum(page: LedgerPage, response: EgressResponse, scope: WechatScope): SourceReading {
  let body: unknown;
  try {
    body = parseSafeJson(decoded(response));
  } catch {
    const { notice } = readArticlePage(decoded(response), page.url);
    if (notice === 'captcha') return readNotice(notice, page, scope);
    throw new PageChanged(page.url, 'the album is no JSON');
  }
  const parsed = AlbumBody.safeParse(body);
  if (!parsed.success) throw new PageChanged(page.url, 'the album has another form');
  const { state, items, next, reason } = readAlbumBody(parsed.data, page.url);
  if (state === 'login-required' || state === 'blocked')
    throw new Permanent(reason ?? 'the album is not shown');
  if (state === 'unknown-page') throw new PageChanged(page.url, reason ?? 'the album has another form');
  const own = items.filter(({ id }) => id.startsWith(`${scope.channel.biz}:`));
  const dates = items.map(({ publishedAt }) => publishedAt ?? '');
  const isNewestFirst = (dates[0] ?? '') >= (dates.at(-1) ?? '');
  // Sorted the other way round, or never read before: followed to its end.
  const isKnown = isNewestFirst && page.newestItemAt !== null && (dates.at(-1) ?? '') <= scope.since;
  const goesOn = next !== null && !isKnown;
  const isLooked = page.pageNumber === 0 || next === null;
  return readingOf(scope, isLooked ? scope.channel.everyMinutes * minuteMs : 30 * dayMs, {
    state: state === 'empty' ? 'empty' : 'ok',
    pages: [
      ...own.map(({ url, publishedAt }) => ({
        url,
        role: 'article' as const,
        pageNumber: 0,
        priority: priorityOf(publishedAt, scope.now),
      })),
      ...(goesOn ? [{ url: next, role: 'list' as const, pageNumber: page.pageNumber + 1 }] : []),
    ],
    reachedBack: goesOn ? null : true,
    newestItemAt: newestOf(own.map(({ publishedAt }) => publishedAt)),
  });
}
