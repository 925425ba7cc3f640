import { columnLetter, type SheetTable, type TableRow } from '../sheet-table.ts';
import { cleanCode, cleanName, foldName, isFormulaError } from './cells.ts';
import {
  type ColumnOf,
  type ColumnSpec,
  exampleMark,
  explainingSheet,
  type SetupSheet,
  type SheetSpec,
  setupSheets,
} from './columns.ts';

/** What is wrong, where, and what to write instead. `row` as the sheet shows it; null for the sheet as a whole. */
export interface SetupProblem {
  sheet: string;
  row: number | null;
  column: string | null;
  message: string;
  hint: string;
}

/** One filled row: each known column by its key, '' where it is empty or not there. */
export interface SetupRecord<S extends SetupSheet = SetupSheet> {
  sheet: string;
  row: number;
  cells: Record<ColumnOf<S>, string>;
}

export interface FoundSheet<S extends SetupSheet = SetupSheet> {
  name: string;
  records: SetupRecord<S>[];
}

export interface FoundSheets {
  sheets: { [S in SetupSheet]: FoundSheet<S> | null };
  problems: SetupProblem[];
  /** What is passed over, for whoever looks at the preview. */
  notices: string[];
}

/** A title or a remark may stand above the headers. */
const headerWithin = 10;

/** `单位名称*（必填）` is 单位名称. */
const foldHeader = (text: string) =>
  foldName(text)
    .replace(/\([^)]*\)/g, '')
    .replace(/[*:：]/g, '');

type Headers = { at: number; columns: Map<string, number>; twice: string | null; unknown: string[] };

function readHeaders(row: TableRow, at: number, spec: SheetSpec): Headers {
  const keys = new Map<string, string>();
  for (const [key, { header, aliases }] of Object.entries(spec.columns))
    for (const name of [header, ...aliases]) if (!keys.has(foldHeader(name))) keys.set(foldHeader(name), key);
  const headers: Headers = { at, columns: new Map(), twice: null, unknown: [] };
  for (const [index, cell] of row.cells.entries()) {
    const name = foldHeader(cell);
    if (name === '') continue;
    const key = keys.get(name);
    if (key === undefined) headers.unknown.push(cleanName(cell));
    else if (headers.columns.has(key)) headers.twice = cleanName(cell);
    else headers.columns.set(key, index);
  }
  return headers;
}

/** The row that holds most of the columns, and two at least. */
function findHeaders(table: SheetTable, spec: SheetSpec): Headers | null {
  const found = table.rows.slice(0, headerWithin).map((row, at) => readHeaders(row, at, spec));
  const [best] = found.toSorted((a, b) => b.columns.size - a.columns.size);
  return best !== undefined && best.columns.size >= 2 ? best : null;
}

const requiredOf = (spec: SheetSpec): [string, ColumnSpec][] =>
  Object.entries(spec.columns).filter(([, { required }]) => required);

/** By its name; else, as for a CSV, by having every column that must be there. */
function findTable(tables: readonly SheetTable[], spec: SheetSpec): SheetTable | null {
  const names = [spec.name, ...spec.aliases].map(foldName);
  const named = tables.find(({ name }) => names.includes(foldName(name)));
  if (named !== undefined) return named;
  const known = new Set(
    Object.values(setupSheets).flatMap(({ name, aliases }) => [name, ...aliases].map(foldName)),
  );
  const fitting = tables.find((table) => {
    const headers = known.has(foldName(table.name)) ? null : findHeaders(table, spec);
    return headers !== null && requiredOf(spec).every(([key]) => headers.columns.has(key));
  });
  return fitting ?? null;
}

/** Which sheets there are, and their filled rows. */
export function findRecords(tables: readonly SheetTable[]): FoundSheets {
  const found: FoundSheets = {
    sheets: { units: null, people: null, roster: null, chains: null },
    problems: [],
    notices: [],
  };
  const used = new Set<SheetTable>();
  for (const key of Object.keys(setupSheets) as SetupSheet[]) {
    const table = findTable(
      tables.filter((one) => !used.has(one)),
      setupSheets[key],
    );
    if (table === null) continue;
    used.add(table);
    Object.assign(found.sheets, { [key]: readSheet(table, setupSheets[key], found) });
  }
  for (const table of tables) {
    if (used.has(table) || foldName(table.name) === explainingSheet || table.rows.length === 0) continue;
    found.notices.push(`工作表“${table.name}”不认识，没有读。`);
  }
  if (used.size === 0) {
    const names = Object.values(setupSheets).map(({ name }) => `“${name}”`);
    found.problems.push({
      ...{ sheet: tables[0]?.name ?? '', row: null, column: null },
      message: '没有找到可以导入的工作表。',
      hint: `工作表请取名${names.join('、')}，第一行写列名；可下载模板照着填。`,
    });
  }
  return found;
}

function readSheet(
  table: SheetTable,
  spec: SheetSpec,
  { problems, notices }: FoundSheets,
): FoundSheet | null {
  const refuse = (row: number | null, column: string | null, message: string, hint: string) =>
    void problems.push({ sheet: table.name, row, column, message, hint });
  const headers = findHeaders(table, spec);
  if (headers === null) {
    const wanted = requiredOf(spec).map(([, { header }]) => header);
    if (table.rows.length > 0)
      refuse(null, null, '没有找到列名。', `前 ${headerWithin} 行里要有一行写着：${wanted.join('、')}。`);
    return null;
  }
  if (headers.twice !== null) refuse(null, headers.twice, '这一列出现了两次。', '请只留一列。');
  for (const [key, { header }] of requiredOf(spec))
    if (!headers.columns.has(key)) refuse(null, header, '缺少这一列。', `请加上“${header}”列。`);
  if (table.isHidden) refuse(null, null, '这张工作表是隐藏的。', '请取消隐藏，看过内容后再导入。');
  if (table.isCutOff) refuse(null, null, '行数太多，最多 5000 行。', '请分成几个文件。');
  if (headers.unknown.length > 0)
    notices.push(`工作表“${table.name}”的列“${headers.unknown.join('”“')}”不认识，没有读。`);
  for (const [key, index] of headers.columns) {
    const header = spec.columns[key]?.header ?? key;
    if (table.hiddenColumns.includes(index))
      refuse(null, header, `${columnLetter(index)} 列是隐藏的。`, '请取消隐藏，看过内容后再导入。');
  }
  return collectRecords(table, { spec, headers, problems, notices });
}

function collectRecords(
  table: SheetTable,
  {
    spec,
    headers,
    problems,
    notices,
  }: { spec: SheetSpec; headers: Headers } & Pick<FoundSheets, 'problems' | 'notices'>,
): FoundSheet {
  const keys = Object.keys(spec.columns);
  const records: SetupRecord[] = [];
  let examples = 0;
  for (const row of table.rows.slice(headers.at + 1)) {
    const cells = Object.fromEntries(
      keys.map((key) => [key, (row.cells[headers.columns.get(key) ?? -1] ?? '').trim()]),
    );
    const filled = Object.entries(cells).filter(([, text]) => cleanCode(text) !== '');
    if (filled.length === 0) continue;
    if (filled.some(([, text]) => cleanName(text).startsWith(exampleMark))) {
      examples += 1;
      continue;
    }
    const about = { sheet: table.name, row: row.number };
    if (row.isHidden)
      problems.push({
        ...about,
        column: null,
        message: '这一行是隐藏的。',
        hint: '请取消隐藏或筛选，看过内容后再导入。',
      });
    for (const [key, text] of filled) {
      if (!isFormulaError(text)) continue;
      const column = spec.columns[key]?.header ?? key;
      problems.push({ ...about, column, message: `单元格是公式错误 ${text}。`, hint: '请改成文字。' });
      cells[key] = '';
    }
    for (const [key, { header }] of requiredOf(spec)) {
      if (
        cells[key] !== '' ||
        !headers.columns.has(key) ||
        filled.some(([name, text]) => name === key && isFormulaError(text))
      )
        continue;
      problems.push({
        ...about,
        column: header,
        message: '这一格不能为空。',
        hint: spec.columns[key]?.hint ?? '',
      });
    }
    records.push({ ...about, cells });
  }
  if (examples > 0) notices.push(`工作表“${table.name}”的示例行没有读。`);
  return { name: table.name, records };
}
