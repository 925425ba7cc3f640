import { maskMentions } from '../../../pipeline/domain/mentions.ts';
import { maskAccountAddresses } from '../account-addresses.ts';
import type { ParsedItem } from '../parsed.ts';
import { PageTooComplex } from '../site/bounded-html.ts';
import { articleKey, readArticleAddress, unescapeAddress } from './address.ts';
import type { CommentBody, NewsItem, PublishedBody } from './api-bodies.ts';
import { type BodyContent, readContent } from './body.ts';

export function instant(seconds: number | undefined): string | null {
  return seconds === undefined || seconds <= 0 || seconds > 4_000_000_000
    ? null
    : new Date(seconds * 1000).toISOString();
}

/** An article whose markup passes the limits is taken without its text rather than not at all. */
function contentOf(content: string): BodyContent {
  try {
    return readContent(content);
  } catch (error) {
    if (!(error instanceof PageTooComplex)) throw error;
    return { text: '', links: [], pictures: [], images: [], attachments: [] };
  }
}

interface Placed {
  news: NewsItem;
  /** Where no address names the article: the platform's number of the publication, and the place in it. */
  fallbackId: string;
  publishedAt: string | null;
}

function buildArticle({ news, fallbackId, publishedAt }: Placed): ParsedItem {
  const address = readArticleAddress(news.url);
  const body = contentOf(news.content);
  const source = unescapeAddress(news.content_source_url);
  const isLink = /^https?:\/\//i.test(source) && URL.canParse(source);
  const pictures = (news.image_info?.image_list ?? [])
    .map(({ image_url: url }) => unescapeAddress(url ?? ''))
    .filter((url) => url !== '');
  return {
    kind: 'article',
    id: address?.kind === 'long' ? articleKey(address.ids) : fallbackId,
    url: address?.url ?? '',
    title: maskMentions(news.title.replace(/\s+/g, ' ').trim()),
    text: body.text,
    publishedAt,
    publishedPrecision: publishedAt === null ? null : 'second',
    parentId: null,
    rootId: null,
    official: true,
    metrics: {},
    links: [...new Set([...body.links, ...(isLink ? [source] : [])])],
    attachments: [...body.attachments, ...pictures.map((url, i) => ({ name: `图片${i + 1}`, url }))],
    images: pictures.length > 0 ? pictures : body.images,
    traits: {},
  };
}

export interface PublishedArticle {
  item: ParsedItem;
  isDeleted: boolean;
  /** Whether its address tells which article it is; a short one does only once it is read. */
  isNamed: boolean;
  /** Nobody may comment on it. */
  isClosed: boolean;
}

/** Every article of every publication, in the order given, which says nothing about time. */
export function publishedArticles(body: PublishedBody): PublishedArticle[] {
  return body.item.flatMap(({ article_id: id, content, update_time }) =>
    content.news_item.map((news, i) =>
      published(news, `${id}:${i + 1}`, instant(content.create_time ?? update_time ?? content.update_time)),
    ),
  );
}

/** @param articleId of the one that was asked for, where known */
export function articlesOfOne(items: readonly NewsItem[], articleId: string | null): PublishedArticle[] {
  return items.map((news, i) => published(news, `${articleId ?? 'article'}:${i + 1}`, null));
}

function published(news: NewsItem, fallbackId: string, publishedAt: string | null): PublishedArticle {
  const item = buildArticle({ news, fallbackId, publishedAt });
  const isNamed = readArticleAddress(news.url)?.kind === 'long';
  return { item, isDeleted: news.is_deleted, isNamed, isClosed: news.need_open_comment === 0 };
}

/** The article that comments were asked for: its key, and its address for people. */
export interface CommentedArticle {
  id: string;
  url: string;
}

/**
 * Comments and our own replies to them. The platform's number of a comment is its own within one article only, so the article's
 * goes before it.
 */
export function commentItems(
  body: CommentBody,
  article: CommentedArticle,
  isObjector: (authorId: string) => boolean,
): { items: ParsedItem[]; objected: number } {
  const items: ParsedItem[] = [];
  let objected = 0;
  for (const { user_comment_id: number, openid, create_time, content, reply } of body.comment) {
    if (openid !== undefined && openid !== '' && isObjector(openid)) {
      objected += 1;
      continue;
    }
    const id = `${article.id}:${number}`;
    items.push(
      comment({
        id,
        parentId: article.id,
        article,
        text: content,
        at: instant(create_time),
        official: false,
      }),
    );
    if (reply === null || reply === undefined || reply.content.trim() === '') continue;
    const answer = {
      id: `${id}:reply`,
      parentId: id,
      article,
      text: reply.content,
      at: instant(reply.create_time),
    };
    items.push(comment({ ...answer, official: true }));
  }
  return { items, objected };
}

function comment(from: {
  id: string;
  parentId: string;
  article: CommentedArticle;
  text: string;
  at: string | null;
  official: boolean;
}): ParsedItem {
  const { id, parentId, article, at, official } = from;
  return {
    kind: 'comment',
    id,
    url: article.url,
    title: '',
    text: maskMentions(maskAccountAddresses(readContent(from.text).text)),
    publishedAt: at,
    publishedPrecision: at === null ? null : 'second',
    parentId,
    rootId: article.id,
    official,
    metrics: {},
    links: [],
    attachments: [],
    traits: {},
  };
}
