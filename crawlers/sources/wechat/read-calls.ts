import type { LedgerPage } from '../../../pipeline/domain/crawl.ts';
import { PageChanged, Permanent } from '../../../pipeline/domain/errors.ts';
import type { FoundPage, SourceReading } from '../../source.ts';
import { toGatheredPost } from '../parsed.ts';
import { parseSafeJson } from '../weibo/safe-json.ts';
import { readArticleAddress } from './address.ts';
import { CommentBody, ErrorBody, PublishedBody } from './api-bodies.ts';
import { refusalOf } from './api-errors.ts';
import { commentItems, type PublishedArticle, publishedArticles } from './api-items.ts';
import { type Call, commentsAddress, publishedAddress, publishedPageSize } from './calls.ts';
import { dayMs, keeperOf, minuteMs, newestOf, priorityOf, readingOf, type WechatScope } from './reading.ts';

/** An account that publishes daily for thirty years. */
const mostArticles = 12_000;
/** Comments under an article as young as this are looked at in every run. */
const livelyMs = 3 * dayMs;
/** The interface says of an article that nobody may comment on it; that its account has deleted it. */
const closedCode = 88_000;
const deletedCode = 88_004;
/** The account may publish and not read its comments; that is no fault of what lets it in. */
const noRightCode = 48_001;

/** @throws PageChanged for what is no JSON */
function openJson(bytes: Uint8Array, page: LedgerPage): unknown {
  try {
    return parseSafeJson(new TextDecoder().decode(bytes));
  } catch {
    throw new PageChanged(page.url, 'the interface’s answer is no JSON');
  }
}

function codeOf(body: unknown): number {
  const refused = ErrorBody.safeParse(body);
  return refused.success ? refused.data.errcode : 0;
}

/** @throws what the interface's own errors mean */
function assertAnswered(body: unknown, page: LedgerPage, scope: WechatScope): void {
  const refused = ErrorBody.safeParse(body);
  if (!refused.success || refused.data.errcode === 0) return;
  throw refusalOf(refused.data, { url: page.url, keeper: keeperOf(scope.channel) });
}

/** R1: an interface that speaks for another account is not this channel's. */
function assertOwn(articles: readonly PublishedArticle[], biz: string): void {
  for (const { item } of articles) {
    const address = readArticleAddress(item.url);
    if (address?.kind === 'long' && address.ids.biz !== biz) {
      throw new Permanent(
        'the interface lists articles of another account: the channel’s biz and appId do not belong together',
      );
    }
  }
}

/** What follows from one article: its comments, or its page where only that says which article it is. */
function followUps(
  { item, isDeleted, isNamed, isClosed }: PublishedArticle,
  scope: WechatScope,
): FoundPage[] {
  if (isDeleted) return [];
  const priority = priorityOf(item.publishedAt, scope.now);
  if (!isNamed) return item.url === '' ? [] : [{ url: item.url, role: 'article', pageNumber: 0, priority }];
  const address = readArticleAddress(item.url);
  if (address?.kind !== 'long' || isClosed) return [];
  const isLively =
    item.publishedAt !== null && Date.parse(scope.now) - Date.parse(item.publishedAt) < livelyMs;
  const url = commentsAddress(address.ids, { sn: address.sn, publishedAt: item.publishedAt }, 0);
  return [{ url, role: 'comments', pageNumber: 0, priority, ...(isLively ? { wake: true } : {}) }];
}

/**
 * The pages after the first bear the count they were found at: they are read when it has changed, since the order says nothing
 * about time, and once a week for what was edited.
 */
function pagesAfterFirst(total: number): FoundPage[] {
  const pages: FoundPage[] = [];
  for (let offset = publishedPageSize; offset < Math.min(total, mostArticles); offset += publishedPageSize) {
    pages.push({
      url: publishedAddress(offset, total),
      role: 'list',
      pageNumber: offset / publishedPageSize,
    });
  }
  return pages;
}

function readPublished(
  page: LedgerPage,
  bytes: Uint8Array,
  { call, scope }: { call: Extract<Call, { is: 'published' }>; scope: WechatScope },
): SourceReading {
  const body = openJson(bytes, page);
  assertAnswered(body, page, scope);
  const parsed = PublishedBody.safeParse(body);
  if (!parsed.success) throw new PageChanged(page.url, 'the list of what was published has another form');
  const { total_count: total, item } = parsed.data;
  const articles = publishedArticles(parsed.data);
  const { channel } = scope;
  assertOwn(articles, channel.biz);
  const end = call.offset + item.length;
  const isFirst = call.total === null;
  const isPassed = !isFirst && call.total !== total;
  return readingOf(scope, isFirst ? channel.everyMinutes * minuteMs : isPassed ? 3650 * dayMs : 7 * dayMs, {
    state: total === 0 ? 'empty' : 'ok',
    posts: articles
      .filter(({ isDeleted, isNamed }) => isNamed && !isDeleted)
      .map((article) => toGatheredPost(article.item, channel.id)),
    pages: [
      ...articles.flatMap((article) => followUps(article, scope)),
      ...(isFirst ? pagesAfterFirst(total) : []),
    ],
    reachedBack: end >= total ? true : item.length === 0 ? false : null,
    newestItemAt: newestOf(articles.map((article) => article.item.publishedAt)),
    gone: articles
      .filter(({ item, isDeleted }) => isDeleted && readArticleAddress(item.url)?.kind === 'long')
      .map(({ item: { id } }) => ({ kind: 'article' as const, externalId: id })),
  });
}

/** By the age of the article or of its newest comment, whichever is younger: every run, daily, weekly, monthly. */
function commentsDelay(dates: readonly (string | null)[], { channel, now }: WechatScope): number {
  const latest = newestOf(dates);
  if (latest === null) return dayMs;
  const ageMs = Date.parse(now) - Date.parse(latest);
  if (ageMs < livelyMs) return Math.min(channel.everyMinutes * minuteMs, dayMs);
  return ageMs < 30 * dayMs ? dayMs : ageMs < 180 * dayMs ? 7 * dayMs : 30 * dayMs;
}

function readComments(
  page: LedgerPage,
  bytes: Uint8Array,
  { call, scope }: { call: Extract<Call, { is: 'comments' }>; scope: WechatScope },
): SourceReading {
  const { article } = call;
  const body = openJson(bytes, page);
  const code = codeOf(body);
  if (code === closedCode) return readingOf(scope, 30 * dayMs, { state: 'empty' });
  if (code === deletedCode) {
    return readingOf(scope, 30 * dayMs, {
      state: 'deleted',
      gone: [{ kind: 'article', externalId: article.id }],
    });
  }
  if (code === noRightCode) {
    throw new Permanent(
      'the account may not use the interface for comments (48001): it needs 留言管理 in its list of rights',
    );
  }
  assertAnswered(body, page, scope);
  const parsed = CommentBody.safeParse(body);
  if (!parsed.success) throw new PageChanged(page.url, 'the list of comments has another form');
  const { total, comment } = parsed.data;
  const end = call.begin + comment.length;
  if (comment.length === 0 && end < total) {
    throw new PageChanged(page.url, `the interface counts ${total} comments and shows none`);
  }
  const { items, objected } = commentItems(parsed.data, article, scope.isObjector);
  const newestAt = newestOf(items.map(({ publishedAt }) => publishedAt));
  const next = {
    url: commentsAddress(call.ids, call.facts, end),
    role: 'comments' as const,
    pageNumber: page.pageNumber + 1,
  };
  return readingOf(
    scope,
    call.begin === 0 ? commentsDelay([newestAt, call.facts.publishedAt], scope) : 30 * dayMs,
    {
      state: total === 0 ? 'empty' : 'ok',
      posts: items.map((item) => toGatheredPost(item, scope.channel.id)),
      pages: end < total ? [{ ...next, wake: true, priority: page.priority }] : [],
      newestItemAt: newestAt,
      objected,
    },
  );
}

/** What the interface answered to one call. @throws as Source.read */
export function readCallAnswer(
  page: LedgerPage,
  bytes: Uint8Array,
  { call, scope }: { call: Call; scope: WechatScope },
): SourceReading {
  return call.is === 'published'
    ? readPublished(page, bytes, { call, scope })
    : readComments(page, bytes, { call, scope });
}
