import { InvalidInput } from '../../../pipeline/domain/errors.ts';
import { type CsvRow, readCsvRows } from './csv-rows.ts';
import { idOf } from './fields.ts';
import { idOfShort } from './short-id.ts';

/** What a column holds, by the names that people and programs give it. Columns about persons are not among them. */
const columns = {
  commentId: ['评论id', '评论编号', 'comment_id', 'commentid', 'cid'],
  statusId: ['微博id', '微博编号', 'mid', 'weibo_id', 'weiboid', 'status_id', 'mblogid', 'bid'],
  id: ['id', '编号', 'idstr'],
  text: [
    '正文',
    '微博正文',
    '内容',
    '微博内容',
    '评论内容',
    '评论正文',
    '文本',
    'text',
    'content',
    'text_raw',
  ],
  time: [
    '完整日期',
    '发布时间',
    '评论时间',
    '创建时间',
    '时间',
    '日期',
    'created_at',
    'time',
    'date',
    'publish_time',
    'published_at',
  ],
  url: ['链接', '微博链接', '地址', '网址', 'url', 'link'],
  account: ['用户id', '博主id', '账号id', 'user_id', 'userid', 'uid'],
  parentId: ['回复的评论id', '父评论id', '上级评论id', 'reply_id', 'parent_id', 'root_id', 'rootid'],
  reposts: ['转发数', '转发', 'reposts_count', 'reposts'],
  comments: ['评论数', 'comments_count', 'comments'],
  likes: ['点赞数', '点赞', '赞数', 'attitudes_count', 'like_count', 'likes'],
} as const;
type ColumnName = keyof typeof columns;
type Columns = Partial<Record<ColumnName, number>>;

/** An entry in the platform's own shape, so that one parser reads all. */
export interface TableEntry {
  kind: 'status' | 'comment';
  row: number;
  entry: Record<string, unknown>;
  /** Of a comment: the status it stands under. */
  statusId: string | null;
}

/**
 * A table that a person saved. Its first row names the columns, in Chinese or English.
 * @throws InvalidInput that names file, row and column
 */
export function readTable(text: string, name: string): TableEntry[] {
  const [head, ...rows] = readCsvRows(text.replace(/^\ufeff/, ''), name);
  if (head === undefined) throw new InvalidInput('file', `${name} is empty.`);
  const found = findColumns(head);
  const heads = head.cells.map((cell) => cell.trim());
  if (found.text === undefined) throw missing(name, '正文 (text)', heads);
  if (found.time === undefined) throw missing(name, '发布时间 (created_at)', heads);
  const isComments = found.commentId !== undefined;
  const idColumn = found.commentId ?? found.id ?? found.statusId ?? found.url;
  if (idColumn === undefined) throw missing(name, isComments ? '评论id' : '微博id (id)', heads);
  if (isComments && found.statusId === undefined)
    throw missing(name, '微博id of the status that a comment stands under', heads);
  if (!isComments && found.account === undefined && found.url === undefined) {
    throw missing(name, '用户id (uid) or 链接 (url), which says whose statuses these are', heads);
  }
  return rows.map((row) => readRow(row, { name, found, heads, isComments }));
}

function missing(name: string, column: string, heads: readonly string[]): InvalidInput {
  return new InvalidInput(
    'file',
    `${name}, row 1: no column ${column}; its ${heads.length} columns are named otherwise.`,
  );
}

/** The first that fits, in the order of the names: a full date before a short one. */
function findColumns({ cells }: CsvRow): Columns {
  const heads = cells.map((cell) =>
    cell
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  );
  const found: Columns = {};
  for (const [column, names] of Object.entries(columns)) {
    const place = names.map((one) => heads.indexOf(one)).find((at) => at !== -1);
    if (place !== undefined) found[column as ColumnName] = place;
  }
  return found;
}

interface Table {
  name: string;
  found: Columns;
  heads: readonly string[];
  isComments: boolean;
}

function readRow(row: CsvRow, table: Table): TableEntry {
  const { found, isComments } = table;
  const cell = (column: ColumnName) => {
    const place = found[column];
    return place === undefined ? null : cleanCell(row.cells[place] ?? '');
  };
  const fail = (column: ColumnName, why: string) =>
    new InvalidInput(
      'file',
      `${table.name}, row ${row.line}, column ${table.heads[found[column] ?? -1] ?? column}: ${why}.`,
    );
  if (found.text !== undefined && row.cells.length <= found.text)
    throw fail('text', 'the row ends before it');
  const url = cell('url') ?? '';
  const idColumn: ColumnName = isComments
    ? 'commentId'
    : found.id !== undefined
      ? 'id'
      : found.statusId !== undefined
        ? 'statusId'
        : 'url';
  const id = asId(cell(idColumn), idColumn === 'url' ? url : '');
  if (id === null) throw fail(idColumn, whyNoId(cell(idColumn) ?? ''));
  const statusId = isComments ? asId(cell('statusId'), '') : null;
  if (isComments && statusId === null) throw fail('statusId', whyNoId(cell('statusId') ?? ''));
  const account = cell('account') ?? accountIn(url);
  const entry: Record<string, unknown> = {
    ...{ id, mid: id, text: cell('text') ?? '', created_at: cell('time') ?? '' },
    ...(account === null || account === '' ? {} : { user: { id: account } }),
    ...(isComments
      ? { like_count: cell('likes'), rootid: asId(cell('parentId'), '') ?? id }
      : {
          reposts_count: cell('reposts'),
          comments_count: cell('comments'),
          attitudes_count: cell('likes'),
        }),
  };
  return { kind: isComments ? 'comment' : 'status', row: row.line, entry, statusId };
}

/** Programs for tables put these around long numbers, so that they stay what they are. */
function cleanCell(cell: string): string {
  return cell
    .replace(/^\s*=\s*"(.*)"\s*$/s, '$1')
    .replace(/^\s*'(?=\d)/, '')
    .trim();
}

function asId(cell: string | null, url: string): string | null {
  const inUrl = /\/(?:status|detail|\d{5,12})\/([0-9A-Za-z]{7,20})/.exec(url)?.[1];
  const text = inUrl ?? cell ?? '';
  return idOf(text) ?? idOfShort(text);
}

function whyNoId(cell: string): string {
  return /^\d(?:\.\d+)?E\+\d+$/i.test(cell)
    ? 'the program that saved the table rounded this number; save the column as text'
    : 'this is no id';
}

/** Whose status an address leads to. */
function accountIn(url: string): string | null {
  return /weibo\.(?:com|cn)\/(?:u\/)?(\d{5,12})(?:\/|$|\?)/.exec(url)?.[1] ?? null;
}

/** What is written about the time must be one. @throws InvalidInput */
export function assertTimes(
  entries: readonly { row: number; publishedAt: string | null }[],
  name: string,
): void {
  const wrong = entries.find(({ publishedAt }) => publishedAt === null);
  if (wrong === undefined) return;
  throw new InvalidInput('file', `${name}, row ${wrong.row}, column of the time: this is no time.`);
}
