import type { Metrics } from '../../../pipeline/domain/post.ts';
import type { ItemTraits, ParseContext, ParsedItem } from '../parsed.ts';
import { authorOf } from './author.ts';
import { readTime } from './dates.ts';
import { countOf, type Fields, fieldsOf, idOf, listOf, textOf, wordOf } from './fields.ts';
import { refineTime } from './id-time.ts';
import { linkTarget } from './links.ts';
import { saysGone } from './own-words.ts';
import { type ReadText, readText } from './rich-text.ts';
import { idOfShort } from './short-id.ts';

export type ReadStatus =
  | { is: 'item'; item: ParsedItem }
  /** Taken down, or no longer shown to anybody. */
  | { is: 'gone'; id: string }
  /** Another account's (R1). */
  | { is: 'foreign' }
  | { is: 'unreadable' };

/** The one address of a status that names no account. */
export function statusUrl(id: string): string {
  return `https://m.weibo.cn/status/${id}`;
}

function statusIdOf(fields: Fields): string | null {
  return idOf(fields.mid, fields.idstr, fields.id) ?? idOfShort(fields.mblogid) ?? idOfShort(fields.bid);
}

/** Has it what every status has, and no comment? */
export function looksLikeStatus(value: unknown): boolean {
  const fields = fieldsOf(value);
  if (fields === null || statusIdOf(fields) === null) return false;
  if (looksLikeComment(fields)) return false;
  return ['text', 'text_raw', 'raw_text', 'deleted'].some((key) => fields[key] !== undefined);
}

export function looksLikeComment(value: unknown): boolean {
  const fields = fieldsOf(value);
  if (fields === null) return false;
  if (fields.reposts_count !== undefined || fields.attitudes_count !== undefined) return false;
  if (fields.retweeted_status !== undefined || fields.mblogid !== undefined) return false;
  const marks = [
    'like_count',
    'like_counts',
    'rootid',
    'rootidstr',
    'floor_number',
    'reply_id',
    'reply_text',
  ];
  return marks.some((key) => fields[key] !== undefined) || fieldsOf(fields.status) !== null;
}

/**
 * One status. What it shares of another account is not read: only that it shares, and whether that is gone.
 * @param context with `ownAccount`, any other account's status is `foreign`
 */
export function readStatus(mblog: unknown, context: ParseContext): ReadStatus {
  const fields = fieldsOf(mblog);
  const id = fields === null ? null : statusIdOf(fields);
  if (fields === null || id === null) return { is: 'unreadable' };
  const author = authorOf(fields);
  if (context.ownAccount !== null && author !== null && author !== context.ownAccount) {
    return { is: 'foreign' };
  }
  if (isGone(fields, author)) return { is: 'gone', id };
  const read = findText(fields);
  if (read === null) return { is: 'unreadable' };
  const links = [...new Set([...read.links, ...pageLinks(fields)])];
  const time = refineTime(readTime(fields.created_at, context.fetchedAt), id);
  return {
    is: 'item',
    item: {
      kind: 'status',
      id,
      url: statusUrl(id),
      title: '',
      text: read.text,
      publishedAt: time?.publishedAt ?? null,
      publishedPrecision: time?.publishedPrecision ?? null,
      parentId: null,
      rootId: null,
      official: context.ownAccount !== null && author === context.ownAccount,
      metrics: readMetrics(fields),
      links,
      attachments: [],
      traits: readTraits(fields, read),
    },
  };
}

function isGone(fields: Fields, author: string | null): boolean {
  if (wordOf(fields.deleted) === '1') return true;
  const text = textOf(fields.text);
  return author === null && text !== null && saysGone(readText(text).text);
}

/** The longest form there is. */
function findText(fields: Fields): ReadText | null {
  const longText = fieldsOf(fields.longText);
  const long = textOf(longText?.longTextContent) ?? textOf(longText?.content);
  if (long !== null && long !== '') return { ...readText(long), truncated: false };
  const text = textOf(fields.text) ?? textOf(fields.text_raw) ?? textOf(fields.raw_text);
  return text === null ? null : readText(text);
}

function readMetrics(fields: Fields): Metrics {
  const page = fieldsOf(fields.page_info);
  const views = countOf(page?.play_count ?? fieldsOf(page?.media_info)?.online_users_number);
  const counts = {
    reposts: countOf(fields.reposts_count),
    comments: countOf(fields.comments_count),
    likes: countOf(fields.attitudes_count),
    views,
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== null));
}

/** An article it points to, and where its short links lead; topics, places and films of its own are no links. */
function pageLinks(fields: Fields): string[] {
  const page = fieldsOf(fields.page_info);
  const isArticle = /^(?:article|webpage)$/.test(wordOf(page?.type ?? page?.object_type));
  const shortened = (listOf(fields.url_struct) ?? []).map((entry) => fieldsOf(entry)?.long_url);
  const links = [...(isArticle ? [page?.page_url] : []), ...shortened];
  return links.map((link) => linkTarget(textOf(link) ?? '')).filter((link) => link !== null);
}

function readTraits(fields: Fields, read: ReadText): ItemTraits {
  const edits = countOf(fields.edit_count) ?? (fieldsOf(fields.edit_config)?.edited === true ? 1 : null);
  const long = textOf(fieldsOf(fields.longText)?.longTextContent) !== null;
  const quoted = fields.retweeted_status;
  const said = fieldsOf(quoted);
  const quotedText = textOf(said?.text) ?? '';
  const quotedIsGone =
    said !== null &&
    (wordOf(said.deleted) === '1' || (said.user == null && saysGone(readText(quotedText).text)));
  return {
    ...(isPinned(fields) ? { pinned: true as const } : {}),
    ...(read.truncated || (isMarkedLong(fields) && !long && isShort(read.text, fields))
      ? { truncated: true as const }
      : {}),
    ...(edits !== null && edits > 0 ? { edits } : {}),
    ...(quotedIsGone ? { quotedIsGone: true as const } : {}),
  };
}

function isMarkedLong(fields: Fields): boolean {
  return fields.isLongText === true || fields.isLongText === 1 || fields.truncated === true;
}

/** By the length that the platform gives, of which a Chinese sign is two: much less than that, or none given. */
function isShort(text: string, { textLength }: Fields): boolean {
  const length = countOf(textLength);
  const weight = [...text].reduce((sum, sign) => sum + (sign > '\x7f' ? 2 : 1), 0);
  return length === null || /(?:\.{3}|…)$/.test(text) || weight < length / 2;
}

function isPinned(fields: Fields): boolean {
  const title = textOf(fieldsOf(fields.title)?.text);
  return ['1', 'true'].includes(wordOf(fields.isTop)) || title === '置顶';
}
