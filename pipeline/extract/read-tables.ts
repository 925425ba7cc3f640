import { read, SSF, set_cptable, type WorkBook, type WorkSheet } from '@e965/xlsx';
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs';
import type { SheetTable, TableRow } from '../domain/sheet-table.ts';
import { decodeBytes } from './decode-bytes.ts';
import { defaultExtractLimits, type ExtractJob, reasonOf, type UnreadReason } from './extraction.ts';
import { findOleKind, findSignature } from './file-kind.ts';
import { ZipContainer } from './zip-container.ts';

/** The cells of a workbook, as they are shown. `unread`: why there are none. */
export interface TablesRead {
  tables: SheetTable[];
  unread: UnreadReason | null;
}

/** More than any school has people. */
const mostTableRows = 5000;
const mostSheets = 30;
const mostColumns = 60;
const longestCell = 1000;
const mostUnpackedBytes = 64 * 1_048_576;
/** Old Chinese workbooks keep their text in code page 936. */
const chineseCodePage = 936;

/** Unpacked once for its size alone, slice by slice: what is read afterwards is unpacked whole. */
function assertUnpackable(bytes: Uint8Array): void {
  const limits = { ...defaultExtractLimits, maxUnpackedBytes: mostUnpackedBytes };
  const job: ExtractJob = {
    ...{ bytes, limits, depth: 0, spent: { unpackedBytes: 0 } },
    facts: [],
    part: null,
    readInner: () => Promise.reject(new Error('a workbook is read without what is inside of it')),
  };
  const zip = new ZipContainer(job);
  for (const member of zip.members) if (!member.isFolder) zip.unpack(member, () => {});
}

const options = {
  dense: true,
  // Rows and columns that are hidden are only told together with styles.
  cellStyles: true,
  cellHTML: false,
  cellFormula: false,
  cellNF: true,
  sheetRows: mostTableRows + 1,
  codepage: chineseCodePage,
} as const;

function openWorkbook(bytes: Uint8Array): WorkBook | UnreadReason {
  set_cptable(codePages);
  const signature = findSignature(bytes);
  if (signature === 'zip') assertUnpackable(bytes);
  else if (signature === 'ole') {
    const { kind, reason } = findOleKind(bytes);
    if (reason !== null) return reason;
    if (kind !== 'sheet') return 'unsupported';
  } else if (signature === 'text' || signature === 'html') {
    // Text stays text: 001234 is no number.
    return read(decodeBytes(bytes).text, { ...options, type: 'string', raw: true });
  } else if (signature !== 'sheet-xml') return 'unsupported';
  return read(bytes, { ...options, type: 'array' });
}

type Cell = NonNullable<NonNullable<WorkSheet['!data']>[number][number]>;

const two = (count: number) => String(count).padStart(2, '0');

function showDate(value: number, date1904: boolean): string {
  const { y, m, d, H, M } = SSF.parse_date_code(value, { date1904 });
  const time = `${two(H)}:${two(M)}`;
  if (value < 1) return time;
  const day = `${y}-${two(m)}-${two(d)}`;
  return Number.isInteger(value) ? day : `${day} ${time}`;
}

function showCell({ t, v, w, z }: Cell, date1904: boolean): string {
  if (t === 'n' && typeof v === 'number') {
    const format = typeof z === 'string' ? z : 'General';
    if (SSF.is_date(format)) return showDate(v, date1904);
    // 0000: a number of which zeros are part.
    if (/^0{2,}$/.test(format)) return SSF.format(format, v);
    return Number.isInteger(v) && Math.abs(v) < 1e21 ? BigInt(v).toString() : String(v);
  }
  if (t === 'e') return w ?? '#N/A';
  return v === undefined || v === null ? '' : String(v).slice(0, longestCell);
}

/** What is merged over several rows is meant for each of them; a title merged over columns stands once. */
function fillMerged(rows: Map<number, string[]>, sheet: WorkSheet): void {
  for (const { s, e } of sheet['!merges'] ?? []) {
    if (s.c !== e.c || e.r - s.r > mostTableRows) continue;
    const value = rows.get(s.r)?.[s.c] ?? '';
    for (let row = s.r + 1; row <= e.r; row += 1) {
      const cells = rows.get(row);
      if (cells !== undefined) cells[s.c] = value;
    }
  }
}

function readTable(
  name: string,
  sheet: WorkSheet,
  { isHidden, date1904 }: { isHidden: boolean; date1904: boolean },
): SheetTable {
  const found = new Map<number, string[]>();
  for (const [index, row] of (sheet['!data'] ?? []).entries()) {
    const cells = Array.from(row ?? [], (cell) => (cell === undefined ? '' : showCell(cell, date1904)));
    if (cells.some((text) => text.trim() !== '')) found.set(index, cells.slice(0, mostColumns));
  }
  fillMerged(found, sheet);
  const about = sheet['!rows'] ?? [];
  const rows = [...found].map(([index, cells]): TableRow => {
    return { number: index + 1, isHidden: about[index]?.hidden === true, cells };
  });
  const hiddenColumns = (sheet['!cols'] ?? []).flatMap((column, index) =>
    column?.hidden === true ? [index] : [],
  );
  const isCutOff = rows.length > mostTableRows;
  return { name, isHidden, rows: rows.slice(0, mostTableRows), hiddenColumns, isCutOff };
}

/**
 * The sheets of a workbook (.xlsx, .xls, .et, .ods) or of a CSV file, cell by cell; of formulas their values. Never throws. Files
 * from outside are read in a process of their own: see file-reader.ts.
 */
export function readTables(bytes: Uint8Array): TablesRead {
  try {
    const workbook = openWorkbook(bytes);
    if (typeof workbook === 'string') return { tables: [], unread: workbook };
    const date1904 = workbook.Workbook?.WBProps?.date1904 === true;
    const tables = workbook.SheetNames.slice(0, mostSheets).flatMap((name, index) => {
      const sheet = workbook.Sheets[name];
      const isHidden = (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
      return sheet === undefined ? [] : [readTable(name, sheet, { isHidden, date1904 })];
    });
    return { tables, unread: tables.length === 0 ? 'empty' : null };
  } catch (error) {
    const isLocked = error instanceof Error && /password|encrypt/i.test(error.message);
    return { tables: [], unread: isLocked ? 'encrypted' : reasonOf(error) };
  }
}
