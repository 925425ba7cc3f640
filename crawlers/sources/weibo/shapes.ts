import type { ParseContext, ParsedItem } from '../parsed.ts';
import { queryOf, readAddress, withParameters } from './addresses.ts';
import { emptyAnswer, refused, type WeiboAnswer } from './answer.ts';
import { findStatusCards, type StatusCard } from './cards.ts';
import { readComments, type Thread } from './comment.ts';
import { countOf, type Fields, fieldsOf, idOf, listOf, textOf } from './fields.ts';
import { readText } from './rich-text.ts';
import { looksLikeComment, looksLikeStatus, readStatus, statusUrl } from './status.ts';

/** Which of the platform's answers is this? By what it holds, for recorded ones may have lost their addresses. Null for none. */
export function readShape(body: unknown, context: ParseContext): WeiboAnswer | null {
  const list = listOf(body);
  if (list !== null) return readBareList(list, context);
  const fields = fieldsOf(body);
  if (fields === null) return null;
  const data = fieldsOf(fields.data);
  return (
    readCards(data ?? fields, context) ??
    readProfile(data ?? fields) ??
    readLongText(data ?? fields, context) ??
    readCommentAnswer(fields, data, context) ??
    readStatusLists(fields, data, context) ??
    readSingle(data ?? fields, context)
  );
}

/** m.weibo.cn/api/container/getIndex: the account's cards. */
function readCards(data: Fields, context: ParseContext): WeiboAnswer | null {
  const cards = listOf(data.cards);
  if (cards === null) return null;
  const info = fieldsOf(data.cardlistInfo) ?? {};
  const total = countOf(info.total);
  const statusCards = findStatusCards(cards);
  const answer = readStatuses(statusCards, context);
  const next = nextCards(info, context.url);
  if (statusCards.length > 0) return { ...answer, next, total };
  if (data.userInfo !== undefined) return null;
  if (cards.length === 0) return endOfList({ total, url: context.url });
  return refused({ cause: total === 0 ? 'nothing' : 'unknown', code: 'cards, but no status among them' });
}

/** Newer answers name the last id, older ones the next page; neither at the end. */
function nextCards(info: Fields, url: string | null): string | null {
  const sinceId = idOf(info.since_id);
  if (sinceId !== null) {
    return url === null ? sinceId : withParameters(url, { since_id: sinceId, page: null });
  }
  const page = countOf(info.page);
  if (page === null || page < 2) return null;
  const asked = url === null ? 0 : Number(queryOf(url).get('page') ?? 1);
  if (page <= asked) return null;
  return url === null ? String(page) : withParameters(url, { page: String(page), since_id: null });
}

/** An empty list is an end only where it follows something, or where nothing is said to be there. */
function endOfList({ total, url }: { total: number | null; url: string | null }): WeiboAnswer {
  const query = queryOf(url);
  const follows = Number(query.get('page') ?? 1) > 1 || query.has('since_id') || query.has('max_id');
  const expected = total === null || total === 0 || follows;
  if (expected) return { ...refused({ cause: 'nothing', code: 'an empty list' }), total };
  return {
    ...refused({ cause: 'unknown', code: `an empty list, though ${total} are said to be there` }),
    total,
  };
}

function readProfile(data: Fields): WeiboAnswer | null {
  const user = fieldsOf(data.userInfo) ?? fieldsOf(data.user);
  if (user === null || user.statuses_count === undefined || data.text !== undefined) return null;
  if (listOf(data.statuses) !== null) return null;
  const tabs = listOf(fieldsOf(data.tabsInfo)?.tabs) ?? [];
  const tab = tabs.map(fieldsOf).find((fields) => fields?.tab_type === 'weibo');
  const container = idOf(tab?.containerid);
  const next = `https://m.weibo.cn/api/container/getIndex?type=uid&containerid=${container}`;
  return { ...emptyAnswer, total: countOf(user.statuses_count), next: container === null ? null : next };
}

/** statuses/extend, ajax/statuses/longtext: the text alone; whose it is stands in the address only. */
function readLongText(data: Fields, context: ParseContext): WeiboAnswer | null {
  const { statusId } = readAddress(context.url);
  const text = textOf(data.longTextContent) ?? textOf(data.longTextContent_raw);
  if (text === null) {
    const asked = /\/statuses\/(?:extend|longtext)/.test(context.url ?? '');
    return asked && Object.keys(data).every((key) => key === 'ok')
      ? refused({ cause: 'nothing', code: 'no longer text' })
      : null;
  }
  const counts = { ...data, text, mid: statusId ?? '1', longText: undefined };
  const read = readStatus(counts, { ...context, ownAccount: null });
  if (read.is !== 'item') return null;
  const item = {
    ...read.item,
    ...(statusId === null ? { id: '', url: '' } : { id: statusId, url: statusUrl(statusId) }),
  };
  return { ...emptyAnswer, items: [{ ...item, text: readText(text).text }] };
}

/** Comments of the mobile page, of the desktop page, of the Open Platform. */
function readCommentAnswer(fields: Fields, data: Fields | null, context: ParseContext): WeiboAnswer | null {
  const list = listOf(data?.data) ?? listOf(fields.comments) ?? commentsIn(fields.data);
  const hot = listOf(data?.hot_data) ?? listOf(data?.hot_comments) ?? listOf(fields.hot_comments);
  if (list === null && hot === null) return null;
  const entries = [...(list ?? []), ...(hot ?? [])];
  if (isListOfReposts(entries, context.url)) {
    return refused({ cause: 'unknown', code: 'reposts by other accounts, which are not read' });
  }
  const from = data?.data !== undefined || data?.hot_data !== undefined ? (data ?? fields) : fields;
  const total = countOf(from.total_number);
  const next = nextComments(from, context.url);
  if (entries.length === 0) return { ...refused({ cause: 'nothing', code: 'no comments' }), total, next };
  const read = readComments(entries, context, threadOf(fields, context.url));
  const { items, objected, foreign } = read;
  if (items.length + objected + foreign === 0) return null;
  return { ...emptyAnswer, ...read, total, next };
}

/** `data` itself is the list: ajax/statuses/buildComments, comments/hotFlowChild. Without entries, its neighbours tell. */
function commentsIn(value: unknown): unknown[] | null {
  const list = listOf(value);
  return list !== null && (list.length === 0 || list.some(looksLikeComment)) ? list : null;
}

function isListOfReposts(entries: readonly unknown[], url: string | null): boolean {
  if (/\/(?:repostTimeline|repost_timeline)/.test(url ?? '')) return true;
  return entries.some((entry) => {
    const fields = fieldsOf(entry);
    return fields?.retweeted_status !== undefined && !looksLikeComment(entry);
  });
}

/** Replies to one comment are asked for by that comment's id; all else by the status'. */
function threadOf(fields: Fields, url: string | null): Thread {
  const root = fieldsOf(listOf(fields.rootComment)?.[0]);
  const query = queryOf(url);
  const ofComment = query.get('fetch_level') === '1' ? idOf(query.get('id')) : idOf(query.get('cid'));
  const answered = ofComment ?? idOf(root?.idstr, root?.id);
  return { statusId: query.get('fetch_level') === '1' ? null : readAddress(url).statusId, answered };
}

function nextComments(from: Fields, url: string | null): string | null {
  if (from.max_id !== undefined || from.next_cursor !== undefined) {
    const maxId = idOf(from.max_id, from.next_cursor);
    if (maxId === null) return null;
    const type = countOf(from.max_id_type);
    return url === null
      ? maxId
      : withParameters(url, {
          max_id: maxId,
          page: null,
          ...(type === null ? {} : { max_id_type: String(type) }),
        });
  }
  const pages = countOf(from.max);
  const page = url === null ? 1 : Number(queryOf(url).get('page') ?? 1);
  if (pages === null || !(page < pages)) return null;
  return url === null ? String(page + 1) : withParameters(url, { page: String(page + 1) });
}

/** Lists of statuses: the Open Platform's, the desktop page's, the older mobile page's. */
function readStatusLists(fields: Fields, data: Fields | null, context: ParseContext): WeiboAnswer | null {
  if (listOf(fields.reposts) !== null) {
    return refused({ cause: 'unknown', code: 'reposts by other accounts, which are not read' });
  }
  const from = listOf(fields.statuses) !== null ? fields : data;
  const list = listOf(from?.statuses) ?? listOf(from?.list);
  if (from === null || list === null) return null;
  const total = countOf(from.total_number ?? from.total);
  const { url } = context;
  if (list.length === 0) return endOfList({ total, url });
  const answer = readStatuses(list.map(bare), context);
  return answer.refusal === null ? { ...answer, total, next: nextStatuses(from, url) } : answer;
}

function nextStatuses(from: Fields, url: string | null): string | null {
  const cursor = idOf(from.next_cursor);
  if (cursor !== null) return url === null ? cursor : withParameters(url, { max_id: cursor, page: null });
  const sinceId = textOf(from.since_id);
  if (sinceId === null || !/^\w{5,40}$/.test(sinceId)) return null;
  if (url === null) return sinceId;
  const page = Number(queryOf(url).get('page') ?? 1) + 1;
  return withParameters(url, { since_id: sinceId, page: String(page) });
}

function readSingle(data: Fields, context: ParseContext): WeiboAnswer | null {
  const mblog = looksLikeStatus(data) ? data : (data.status ?? data.mblog);
  if (!looksLikeStatus(mblog)) return null;
  const read = readStatus(mblog, context);
  if (read.is === 'item') return { ...emptyAnswer, items: [read.item] };
  if (read.is === 'gone')
    return { ...refused({ cause: 'gone', code: 'said in its place' }), gone: [read.id] };
  return read.is === 'foreign' ? refused({ cause: 'unknown', code: 'a status of another account' }) : null;
}

/** A list that stands by itself, as a person saves one, or as a page's script holds it. */
function readBareList(list: readonly unknown[], context: ParseContext): WeiboAnswer | null {
  const first = fieldsOf(list[0]);
  if (first === null) return null;
  if (first.mblog !== undefined || first.card_type !== undefined) return readCards({ cards: list }, context);
  if (list.length === 1 && first.text === undefined && looksLikeStatus(first.status)) {
    return readSingle(first, context);
  }
  // Of two kinds: not one of the platform's.
  if (list.some(looksLikeComment) && list.some(looksLikeStatus)) return null;
  if (looksLikeComment(first)) {
    const read = readComments(list, context, threadOf({}, context.url));
    return { ...emptyAnswer, ...read };
  }
  return looksLikeStatus(first) ? readStatuses(list.map(bare), context) : null;
}

function bare(mblog: unknown): StatusCard {
  const heading = textOf(fieldsOf(fieldsOf(mblog)?.title)?.text) ?? '';
  return { mblog, pinned: heading === '置顶', liked: /赞过/.test(heading) };
}

/** Each status once; a pinned one stands twice in some lists. */
function readStatuses(cards: readonly StatusCard[], context: ParseContext): WeiboAnswer {
  const items = new Map<string, ParsedItem>();
  const answer = { ...emptyAnswer, gone: [] as string[] };
  for (const { mblog, pinned, liked } of cards) {
    const read = liked ? ({ is: 'foreign' } as const) : readStatus(mblog, context);
    if (read.is === 'item') addItem(items, read.item, pinned);
    else if (read.is === 'gone') answer.gone.push(read.id);
    else answer[read.is] += 1;
  }
  const found = { ...answer, items: [...items.values()] };
  const nothingRead = items.size + answer.gone.length + answer.foreign === 0;
  return nothingRead
    ? {
        ...refused({ cause: 'unknown', code: `${answer.unreadable} entries of unknown shape` }),
        unreadable: answer.unreadable,
      }
    : found;
}

function addItem(items: Map<string, ParsedItem>, item: ParsedItem, pinned: boolean): void {
  const known = items.get(item.id);
  const traits = pinned ? { ...item.traits, pinned: true as const } : item.traits;
  if (known === undefined) items.set(item.id, { ...item, traits });
  else if (pinned) known.traits.pinned = true;
}
