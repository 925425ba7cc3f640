import type { WechatChannel } from '../../../pipeline/domain/channel.ts';
import type { LedgerPage } from '../../../pipeline/domain/crawl.ts';
import { NotPermitted, Permanent, RetryLater } from '../../../pipeline/domain/errors.ts';
import type { EgressResponse } from '../../../pipeline/ports/egress.ts';
import type { Source, SourceCall, SourceReading } from '../../source.ts';
import { decodePage } from '../site/decode.ts';
import { articleHost, readAlbumAddress, readArticleAddress } from './address.ts';
import { apiOrigin, apiPaths, type Call, callBody, publishedAddress, readCall } from './calls.ts';
import { keepablePage } from './keepable.ts';
import { readCallAnswer } from './read-calls.ts';
import { readAlbum, readArticle, readRedirect } from './read-pages.ts';
import { hourMs, type WechatScope } from './reading.ts';

/** The interface takes everything but the token in the body. */
function interfaceCall(call: Call, page: LedgerPage, secret: string | null): SourceCall {
  if (secret === null) throw new NotPermitted('the interface is not asked without a token');
  const { pathname } = new URL(page.url);
  return {
    url: `${apiOrigin}${pathname}?access_token=${encodeURIComponent(secret)}`,
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
    body: callBody(call),
  };
}

/** R1: addresses that name another account are not even asked for; those that name none are judged by what they show. */
function assertOwnAddress(url: string, { biz }: WechatChannel): void {
  const article = readArticleAddress(url);
  const album = readAlbumAddress(url);
  const named = article?.kind === 'long' ? article.ids.biz : (album?.biz ?? null);
  if (article === null && album === null)
    throw new NotPermitted('no address of an article or an album of an official account');
  if (named !== null && named !== biz)
    throw new NotPermitted('the address names another account than this channel’s');
}

function readPage(page: LedgerPage, response: EgressResponse, scope: WechatScope): SourceReading {
  const { status } = response;
  if (status >= 300 && status < 400) return readRedirect(page, response, scope);
  if (status === 403 || status === 429)
    throw new RetryLater(hourMs, `status ${status}: the platform finds us too fast`);
  if (status !== 200) throw new Permanent(`status ${status}: the platform has no such page`);
  return readAlbumAddress(page.url) === null
    ? readArticle(page, response, scope)
    : readAlbum(page, response, scope);
}

/**
 * The school's own official account: what its interface lists, with comments and our replies; and pages of its own articles, which
 * people add, since no interface lists what was sent to all followers.
 */
export const wechatSource: Source<WechatChannel> = {
  kind: 'wechat',
  needs: { credential: ({ appId }) => (appId === undefined ? null : 'wechat-token') },
  // Twenty articles with their layout, or one page of today.
  limits: { pageBytes: 20 * 1_048_576 },
  robots: 'not-asked',
  redirects: 'return',
  pagesBack: true,
  buildAllowance: ({ appId, requestsPerMinute }) => ({
    hosts: [
      ...(appId === undefined ? [] : [{ host: new URL(apiOrigin).host, paths: apiPaths }]),
      { host: articleHost, paths: ['/s', '/mp/appmsgalbum'] },
    ],
    privateAddress: false,
    requestsPerMinute,
  }),
  startPages: ({ appId }) =>
    appId === undefined ? [] : [{ url: publishedAddress(0, null), role: 'list', pageNumber: 0 }],
  buildCall(page, { channel, secret }) {
    const call = readCall(page.url);
    if (call !== null) {
      if (call.is === 'comments' && call.ids.biz !== channel.biz) {
        throw new NotPermitted('the address names another account than this channel’s');
      }
      return interfaceCall(call, page, secret);
    }
    assertOwnAddress(page.url, channel);
    return { url: page.url };
  },
  read(page, response, scope) {
    const call = readCall(page.url);
    if (call === null) return readPage(page, response, scope);
    if (response.status !== 200) {
      throw new RetryLater(hourMs, `status ${response.status}: the interface could not answer`);
    }
    return readCallAnswer(page, response.body, { call, scope });
  },
  keepable({ body, headers }) {
    const { html } = decodePage(body, headers['content-type'] ?? null);
    return {
      body: new TextEncoder().encode(keepablePage(html)),
      headers: { 'content-type': 'text/html; charset=utf-8' },
    };
  },
};
