import { InvalidInput } from '../../../pipeline/domain/errors.ts';
import type { ParseContext, ParsedItem } from '../parsed.ts';
import { decodePage } from '../site/decode.ts';
import type { WeiboAnswer } from './answer.ts';
import { readComments } from './comment.ts';
import { fieldsOf, listOf, textOf } from './fields.ts';
import { instantOfId } from './id-time.ts';
import { assertTimes, readTable } from './import-table.ts';
import { readAnswer, readBody } from './parse.ts';
import { describeRefusal } from './refusal.ts';
import { parseSafeJson } from './safe-json.ts';
import { readStatus } from './status.ts';

/** A file that a person saved: JSON of any answer, a list or lines of them, HAR, a table, a status' page. */
export interface ImportFile {
  name: string;
  bytes: Uint8Array;
}

/** What of it may be stored, so far: whether a comment stands under an own status, the store must say. */
export interface ImportedItems {
  statuses: ParsedItem[];
  comments: ParsedItem[];
  /** Of other accounts, or of nobody knows whom (R1). */
  refused: number;
  objected: number;
  /** Answers of a recording that hold nothing of interest. */
  passedOver: number;
}

/**
 * Reads one file as a whole.
 * @param context with the channel's own account, which everything is measured by
 * @throws InvalidInput that names file, row or entry, and column; then nothing of it may be taken
 */
export function readImportFile({ name, bytes }: ImportFile, context: ParseContext): ImportedItems {
  const text = decodePage(bytes)
    .html.replace(/^\ufeff/, '')
    .trim();
  if (text === '') throw new InvalidInput('file', `${name} is empty.`);
  if (text.startsWith('<')) return itemsOf(readAnswer(text, context), { name, entry: 1 });
  if (!/^[[{]/.test(text)) return readTableFile(text, name, context);
  const bodies = parseBodies(text, name);
  const [first] = bodies;
  const entries = bodies.length === 1 ? listOf(fieldsOf(fieldsOf(first)?.log)?.entries) : null;
  if (entries !== null) return readRecording(entries, name, context);
  return merge(bodies.map((body, i) => readJsonEntry(body, { name, entry: i + 1 }, context)));
}

interface Place {
  name: string;
  /** From 1. */
  entry: number;
}

/** One JSON value, or one a line. */
function parseBodies(text: string, name: string): unknown[] {
  try {
    return [parseSafeJson(text)];
  } catch {
    const lines = text.split('\n').map((line, i) => ({ line: line.trim(), number: i + 1 }));
    return lines
      .filter(({ line }) => line !== '')
      .map(({ line, number }) => parseLine(line, `${name}, line ${number}`));
  }
}

function parseLine(line: string, where: string): unknown {
  try {
    return parseSafeJson(line);
  } catch {
    throw new InvalidInput('file', `${where}: this is no JSON; was the file cut off?`);
  }
}

/** An answer; or a list of answers; or a single item. */
function readJsonEntry(body: unknown, place: Place, context: ParseContext): ImportedItems {
  const answer = readBody(body, context);
  if (answer.refusal?.cause !== 'unknown') return itemsOf(answer, place);
  const single = fieldsOf(body) === null ? answer : readBody([body], context);
  if (single.refusal === null) return itemsOf(single, place);
  const list = Array.isArray(body) ? body : null;
  if (list === null || list.length === 0 || list.some(Array.isArray)) return itemsOf(answer, place);
  return merge(list.map((one, i) => readJsonEntry(one, { ...place, entry: i + 1 }, context)));
}

/** @throws InvalidInput where it is no answer, or only half of one can be read */
function itemsOf(answer: WeiboAnswer, { name, entry }: Place): ImportedItems {
  const { refusal, unreadable } = answer;
  const isNothing = refusal?.cause === 'nothing' || refusal?.cause === 'gone';
  if (refusal !== null && !isNothing) {
    throw new InvalidInput('file', `${name}, entry ${entry}: ${describeRefusal(refusal)}.`);
  }
  if (unreadable > 0) {
    throw new InvalidInput('file', `${name}, entry ${entry}: ${unreadable} of its items could not be read.`);
  }
  return sortItems(answer, isNothing ? 1 : 0);
}

function sortItems({ items, foreign, objected }: WeiboAnswer, passedOver: number): ImportedItems {
  const timed = items.filter(({ id }) => id !== '').map(withTimeOfId);
  const statuses = timed.filter(({ kind, official }) => kind === 'status' && official);
  const comments = timed.filter(({ kind }) => kind === 'comment');
  const unnamed = items.length - statuses.length - comments.length;
  return { statuses, comments, refused: foreign + unnamed, objected, passedOver };
}

/** When a file was saved is known roughly; when an item was written its id tells. */
function withTimeOfId(item: ParsedItem): ParsedItem {
  const at = item.publishedPrecision === 'second' ? null : instantOfId(item.id);
  return at === null ? item : { ...item, publishedAt: at, publishedPrecision: 'second' };
}

/** HAR, as browsers save what they have asked: other answers among them are nobody's fault. */
function readRecording(entries: readonly unknown[], name: string, context: ParseContext): ImportedItems {
  const read = entries.map((entry) => readRecorded(entry, context));
  const whole = merge(read);
  if (whole.statuses.length + whole.comments.length + whole.refused + whole.objected === 0) {
    throw new InvalidInput(
      'file',
      `${name}: none of its ${entries.length} recorded answers holds statuses or comments.`,
    );
  }
  return whole;
}

const nothingOf: ImportedItems = { statuses: [], comments: [], refused: 0, objected: 0, passedOver: 1 };

function readRecorded(value: unknown, context: ParseContext): ImportedItems {
  const entry = fieldsOf(value);
  const content = fieldsOf(fieldsOf(entry?.response)?.content);
  const url = textOf(fieldsOf(entry?.request)?.url);
  const text = textOf(content?.text);
  if (url === null || text === null || !isOfPlatform(url)) return nothingOf;
  const body = content?.encoding === 'base64' ? decodePage(Buffer.from(text, 'base64')).html : text;
  const at = Date.parse(textOf(entry?.startedDateTime) ?? '');
  const fetchedAt = Number.isNaN(at) ? context.fetchedAt : new Date(at).toISOString();
  const answer = readAnswer(body, { ...context, url, fetchedAt });
  return answer.refusal === null ? sortItems(answer, 0) : nothingOf;
}

function isOfPlatform(url: string): boolean {
  return URL.canParse(url) && /(?:^|\.)weibo\.(?:com|cn)$/.test(new URL(url).hostname);
}

function readTableFile(text: string, name: string, context: ParseContext): ImportedItems {
  const entries = readTable(text, name);
  const read = entries.map(({ kind, entry, statusId }) => readTableEntry({ kind, entry, statusId }, context));
  const timed = read.flatMap(({ statuses, comments }, i) =>
    [...statuses, ...comments].map(({ publishedAt }) => ({ row: entries[i]?.row ?? 0, publishedAt })),
  );
  assertTimes(timed, name);
  return merge(read);
}

function readTableEntry(
  {
    kind,
    entry,
    statusId,
  }: { kind: 'status' | 'comment'; entry: Record<string, unknown>; statusId: string | null },
  context: ParseContext,
): ImportedItems {
  const none = { ...nothingOf, passedOver: 0 };
  if (kind === 'comment') {
    const { items, objected } = readComments([entry], context, { statusId, answered: null });
    return { ...none, comments: items, objected };
  }
  const read = readStatus(entry, context);
  return read.is === 'item' && read.item.official
    ? { ...none, statuses: [read.item] }
    : { ...none, refused: 1 };
}

function merge(parts: readonly ImportedItems[]): ImportedItems {
  const sum = (of: (part: ImportedItems) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    statuses: parts.flatMap(({ statuses }) => statuses),
    comments: parts.flatMap(({ comments }) => comments),
    refused: sum(({ refused }) => refused),
    objected: sum(({ objected }) => objected),
    passedOver: sum(({ passedOver }) => passedOver),
  };
}
