import type { ZodType } from 'zod';
import { noAnswer, type ParsedItem, type ParsedResponse } from '../parsed.ts';
import { decodePage } from '../site/decode.ts';
import { parseSafeJson } from '../weibo/safe-json.ts';
import { readAlbumAddress } from './address.ts';
import { AlbumBody, readAlbumBody, readAlbumPage } from './album.ts';
import { ArticleBody, CommentBody, DraftBody, ErrorBody, PublishedBody } from './api-bodies.ts';
import { refusalOf } from './api-errors.ts';
import { articlesOfOne, commentItems, publishedArticles } from './api-items.ts';
import { readArticlePage } from './article-page.ts';
import { commentedArticle } from './calls.ts';

export interface RecordedFrom {
  /** The address it was asked from; null for a file of unknown origin. */
  url: string | null;
  /** An instant. */
  fetchedAt: string;
}

/**
 * What the crawler takes from one answer of the platform, whatever it is: an article's page of any year, an album, a body of the
 * official interface, a refusal. Never throws.
 */
export function parseRecorded(bytes: Uint8Array, { url }: RecordedFrom): ParsedResponse {
  const { html: text } = decodePage(bytes);
  if (text.trim() === '') return noAnswer('unknown-page', 'nothing was answered');
  const json = /^\s*[{[]/.test(text) ? findJson(text) : undefined;
  if (json !== undefined) return parseBody(json, url);
  const isAlbum = url === null || readAlbumAddress(url) !== null;
  const album = isAlbum ? readAlbumPage(text, url) : null;
  return album ?? readArticlePage(text, url).response;
}

function findJson(text: string): unknown {
  try {
    return parseSafeJson(text);
  } catch {
    return undefined;
  }
}

function fits<T>(schema: ZodType<T>, body: unknown): T | null {
  const parsed = schema.safeParse(body);
  return parsed.success ? parsed.data : null;
}

function answer(items: ParsedItem[], total: number | null, isNothing: boolean): ParsedResponse {
  return { state: isNothing ? 'empty' : 'ok', items, next: null, total, objected: 0 };
}

function parseBody(body: unknown, url: string | null): ParsedResponse {
  const refused = fits(ErrorBody, body);
  if (refused !== null && refused.errcode !== 0) return parseRefusal(refused, url);
  const album = fits(AlbumBody, body);
  if (album !== null) return readAlbumBody(album, url);
  const published = fits(PublishedBody, body);
  if (published !== null) {
    const items = publishedArticles(published).filter(({ isDeleted }) => !isDeleted);
    const isNothing = published.total_count === 0 && items.length === 0;
    return answer(
      items.map(({ item }) => item),
      published.total_count,
      isNothing,
    );
  }
  const drafts = fits(DraftBody, body);
  if (drafts !== null) {
    return {
      ...answer([], drafts.total_count, drafts.total_count === 0),
      reason: 'drafts, which are not published',
    };
  }
  const comments = fits(CommentBody, body);
  if (comments !== null) return parseComments(comments, url);
  const article = fits(ArticleBody, body);
  if (article !== null) {
    const all = articlesOfOne(article.news_item, null);
    const items = all.filter(({ isDeleted }) => !isDeleted).map(({ item }) => item);
    if (items.length === 0 && all.length > 0) return noAnswer('deleted', 'deleted by the account itself');
    return answer(items, all.length, all.length === 0);
  }
  return noAnswer('unknown-page', 'no body of the interface that is known');
}

function parseComments(body: CommentBody, url: string | null): ParsedResponse {
  const article = url === null ? null : commentedArticle(url);
  const { items } = commentItems(body, article ?? { id: 'article', url: '' }, () => false);
  if (items.length === 0 && body.total > 0) {
    return { ...noAnswer('unknown-page', 'comments are counted and none is shown'), total: body.total };
  }
  return answer(items, body.total, items.length === 0);
}

function parseRefusal(body: { errcode: number; errmsg: string }, url: string | null): ParsedResponse {
  const refusal = refusalOf(body, { url: url ?? '', keeper: 'the account’s keeper' });
  switch (refusal.name) {
    case 'TokenStale':
    case 'CredentialExpired':
      return noAnswer('login-required', refusal.message);
    case 'PageChanged':
      return noAnswer('unknown-page', refusal.message);
    default:
      return noAnswer(body.errcode === 88004 ? 'deleted' : 'blocked', refusal.message);
  }
}
