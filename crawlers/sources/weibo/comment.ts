import type { ParseContext, ParsedItem } from '../parsed.ts';
import { authorOf } from './author.ts';
import { readTime } from './dates.ts';
import { countOf, type Fields, fieldsOf, idOf, textOf } from './fields.ts';
import { refineTime } from './id-time.ts';
import { type ReadText, readText } from './rich-text.ts';
import { statusUrl } from './status.ts';

/** Where a comment stands: under which status, and under which comment of it. */
export interface Thread {
  statusId: string | null;
  answered: string | null;
}

export interface ReadComments {
  items: ParsedItem[];
  /** Left out because their authors objected (R13). */
  objected: number;
  /** Under another account's status (R1). */
  foreign: number;
  unreadable: number;
  /** Comments with more replies than came along. */
  moreReplies: string[];
}

/**
 * Comments with the replies that came along, each once, in the order sent. What a comment quotes of another is not read: that one
 * stands for itself.
 */
export function readComments(list: readonly unknown[], context: ParseContext, thread: Thread): ReadComments {
  const read: ReadComments = {
    items: [],
    objected: 0,
    foreign: 0,
    unreadable: 0,
    moreReplies: [],
  };
  const known = new Set<string>();
  for (const entry of list) addThread(entry, { context, thread, read, known });
  return read;
}

interface Adding {
  context: ParseContext;
  thread: Thread;
  read: ReadComments;
  known: Set<string>;
}

/** A comment, then its replies: the platform nests one level, `false` or nothing standing for none. */
function addThread(entry: unknown, adding: Adding): void {
  const comment = fieldsOf(entry);
  const id = idOf(comment?.idstr, comment?.mid, comment?.id);
  if (comment === null || id === null) {
    adding.read.unreadable += 1;
    return;
  }
  addOne(comment, id, adding);
  const replies = Array.isArray(comment.comments) ? comment.comments : [];
  if ((countOf(comment.total_number) ?? 0) > replies.length) adding.read.moreReplies.push(id);
  for (const reply of replies) {
    const fields = fieldsOf(reply);
    const replyId = idOf(fields?.idstr, fields?.mid, fields?.id);
    if (fields === null || replyId === null) adding.read.unreadable += 1;
    else addOne(fields, replyId, { ...adding, thread: { ...adding.thread, answered: id } });
  }
}

function addOne(comment: Fields, id: string, { context, thread, read, known }: Adding): void {
  if (known.has(id)) return;
  known.add(id);
  const status = fieldsOf(comment.status);
  const owner = status === null ? null : authorOf(status);
  if (context.ownAccount !== null && owner !== null && owner !== context.ownAccount) {
    read.foreign += 1;
    return;
  }
  const author = authorOf(comment);
  const official = context.ownAccount !== null && author === context.ownAccount;
  if (author !== null && !official && context.isObjector(author)) {
    read.objected += 1;
    return;
  }
  const written = textOf(comment.text) ?? textOf(comment.text_raw);
  if (written === null) {
    read.unreadable += 1;
    return;
  }
  const statusId = idOf(status?.idstr, status?.mid, status?.id) ?? thread.statusId;
  read.items.push(
    buildComment({ comment, id, text: readText(written), official, statusId, thread, context }),
  );
}

interface Parts {
  comment: Fields;
  id: string;
  text: ReadText;
  official: boolean;
  statusId: string | null;
  thread: Thread;
  context: ParseContext;
}

function buildComment({ comment, id, text, official, statusId, thread, context }: Parts): ParsedItem {
  const time = refineTime(readTime(comment.created_at, context.fetchedAt), id);
  const likes = countOf(comment.like_count) ?? countOf(comment.like_counts);
  const replies = countOf(comment.total_number);
  return {
    kind: 'comment',
    id,
    url: statusId === null ? '' : statusUrl(statusId),
    title: '',
    text: text.text,
    publishedAt: time?.publishedAt ?? null,
    publishedPrecision: time?.publishedPrecision ?? null,
    parentId: answeredBy(comment, id) ?? thread.answered ?? statusId,
    rootId: statusId,
    official,
    metrics: { ...(replies === null ? {} : { comments: replies }), ...(likes === null ? {} : { likes }) },
    links: text.links,
    attachments: [],
    traits: text.truncated ? { truncated: true } : {},
  };
}

/** The comment that this one answers: named by itself, or the one at the top of its thread. */
function answeredBy(comment: Fields, id: string): string | null {
  const named = fieldsOf(comment.reply_comment);
  const answered =
    idOf(named?.idstr, named?.mid, named?.id) ??
    idOf(comment.reply_id) ??
    idOf(comment.rootidstr, comment.rootid);
  return answered === id ? null : answered;
}
