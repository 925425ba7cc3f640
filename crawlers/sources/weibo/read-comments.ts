import { PageChanged } from '../../../pipeline/domain/errors.ts';
import { laterBy } from '../../../pipeline/domain/time.ts';
import type { FoundPage, SourceReading } from '../../source.ts';
import { type ParsedItem, toGatheredPost } from '../parsed.ts';
import { queryOf, withParameters } from './addresses.ts';
import type { WeiboAnswer } from './answer.ts';
import { addressOf } from './calls.ts';
import { firstIdOf, instantOfId } from './id-time.ts';
import { nextCommentsLook } from './plan-calls.ts';
import { emptyReading, type Reading } from './reading.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** A pager that comes to no end: 20 comments a page. */
const deepest = 1000;
/** A page of the Open Platform's list of comments to the account has fifty, less what is hidden. */
const nearlyFull = 40;

/** One page of comments under a status, or of replies under a comment. */
export function readCommentPage(answer: WeiboAnswer, reading: Reading): SourceReading {
  const { page, call, scope } = reading;
  const { channel, now } = scope;
  const { statusId } = call;
  const posts = answer.items.map((item) => toGatheredPost(underStatus(item, statusId), channel.id));
  const newest = answer.items.map(timeOf).reduce((a, b) => ((b ?? '') > (a ?? '') ? b : a), null);
  const last = newest ?? (statusId === null ? null : instantOfId(statusId));
  const isFirst = page.pageNumber === 0;
  return {
    ...emptyReading,
    state: answer.items.length === 0 ? 'empty' : 'ok',
    posts,
    pages: [...nextPages(answer, reading), ...replyPages(answer, reading)],
    // What a cursor leads to is met again from the first page; by itself it means nothing later.
    dueAt: isFirst ? nextCommentsLook(channel, last ?? now, now) : laterBy(now, 365 * dayMs),
    newestItemAt: newest,
    objected: answer.objected,
    unreadable: answer.unreadable,
  };
}

function underStatus(item: ParsedItem, statusId: string | null): ParsedItem {
  if (item.rootId !== null || statusId === null) return item;
  return { ...item, rootId: statusId, parentId: item.parentId ?? statusId, url: addressOfStatus(statusId) };
}

function addressOfStatus(id: string): string {
  return `https://m.weibo.cn/status/${id}`;
}

function timeOf({ id, publishedAt }: ParsedItem): string | null {
  return publishedAt ?? instantOfId(id);
}

function nextPages(answer: WeiboAnswer, { page, call, scope }: Reading): FoundPage[] {
  const next = call.kind === 'comments-to-me' ? nextToMe(answer, { page, call, scope }) : answer.next;
  if (next === null || next === page.url) return [];
  if (page.pageNumber >= deepest) throw new PageChanged(page.url, 'the comments come to no end');
  const url = call.kind === 'platform-comments' ? sinceLastLook(next, answer, { page, call, scope }) : next;
  if (url === null) return [];
  const { priority } = page;
  return [{ url, role: 'comments', pageNumber: page.pageNumber + 1, priority, wake: true }];
}

/** The Open Platform's comments come newest first: further back than the newest of the last look that saw any, all is known. */
function sinceLastLook(next: string, answer: WeiboAnswer, { page }: Reading): string | null {
  if (page.newestItemAt === null || page.pageNumber > 0) return next;
  const since = laterBy(page.newestItemAt, -hourMs);
  const oldest = answer.items.map(timeOf).reduce((a, b) => ((b ?? '9') < (a ?? '9') ? b : a), null);
  if (oldest !== null && oldest <= since) return null;
  return withParameters(next, { since_id: firstIdOf(since) });
}

/** All comments to the account, newest first, are read back to the last run. */
function nextToMe(answer: WeiboAnswer, { page, scope }: Reading): string | null {
  const met = answer.items.map(timeOf).some((at) => at !== null && at <= scope.since);
  const entries = answer.items.length + answer.objected + answer.foreign + answer.unreadable;
  if (met || entries < nearlyFull) return null;
  const number = Number(queryOf(page.url).get('page') ?? 1);
  return withParameters(page.url, { page: String(number + 1), max_id: null });
}

/** Replies that did not come along are asked for, each thread by itself. */
function replyPages(answer: WeiboAnswer, { call, page }: Reading): FoundPage[] {
  const { statusId } = call;
  if (call.kind !== 'hot-comments' || statusId === null) return [];
  return answer.moreReplies.map((id) => ({
    url: addressOf.replies(id, statusId),
    role: 'comments',
    pageNumber: 1,
    priority: page.priority,
    wake: true,
  }));
}

/** An old status may have its hot comments closed, and the plain list of them open. */
export function readPlainInstead({ scope, call, page }: Reading): SourceReading {
  const { statusId } = call;
  if (statusId === null) throw new PageChanged(page.url, 'comments of no status');
  const { channel, now } = scope;
  const pages: FoundPage[] = [
    {
      url: addressOf.plainComments(statusId),
      role: 'comments',
      pageNumber: 1,
      priority: page.priority,
      wake: true,
    },
  ];
  return { ...emptyReading, pages, dueAt: nextCommentsLook(channel, instantOfId(statusId) ?? now, now) };
}
