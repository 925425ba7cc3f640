import { read, SSF, set_cptable, type WorkBook, type WorkSheet } from '@e965/xlsx';
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs';
import { type ExtractedPart, type ExtractJob, type ReadFile, Unreadable } from './extraction.ts';
import { nameSheet, type SheetCell, SheetLines, type SheetState } from './sheet-lines.ts';

/** Old Chinese workbooks keep their text in code page 936. */
const chineseCodePage = 936;
const states: readonly SheetState[] = ['shown', 'hidden', 'very-hidden'];

function openWorkbook(bytes: Uint8Array): WorkBook {
  set_cptable(codePages);
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      // Rows and columns that are hidden are only told together with styles.
      cellStyles: true,
      cellFormula: false,
      cellHTML: false,
      cellText: true,
      codepage: chineseCodePage,
    });
  } catch (error) {
    const isLocked = error instanceof Error && /password|encrypt/i.test(error.message);
    throw new Unreadable(isLocked ? 'encrypted' : 'damaged');
  }
}

interface Row {
  cells: SheetCell[];
  comments: string[];
}

type Cell = NonNullable<NonNullable<WorkSheet['!data']>[number][number]>;

function showCell({ t, v, w, z }: Cell): string {
  if (t === 'n' && typeof v === 'number' && Number.isInteger(v) && Math.abs(v) >= 1e11 && Math.abs(v) < 1e21)
    return BigInt(v).toString();
  if (w !== undefined) return w;
  if (t === 'n' && typeof v === 'number' && z !== undefined) return SSF.format(z, v);
  return v === undefined || v === null ? '' : String(v);
}

function readRow(row: readonly (Cell | undefined)[]): Row {
  const cells: SheetCell[] = [];
  const comments: string[] = [];
  row.forEach((cell, column) => {
    if (cell === undefined) return;
    cells.push({ column, text: showCell(cell) });
    for (const comment of cell.c ?? []) if (comment.t) comments.push(comment.t);
  });
  return { cells, comments };
}

function readSheetOf(sheet: WorkSheet, title: string, maxLength: number) {
  const columns = sheet['!cols'] ?? [];
  const rows = sheet['!rows'] ?? [];
  const lines = new SheetLines((column) => columns[column]?.hidden === true);
  const comments: string[] = [];
  for (const [index, row] of (sheet['!data'] ?? []).entries()) {
    if (row === undefined) continue;
    const read = readRow(row);
    lines.addRow(read.cells, rows[index]?.hidden === true);
    comments.push(...read.comments);
    if (lines.length > maxLength) break;
  }
  return { text: lines.toText(), comments: comments.join('\n'), notes: lines.describeHidden(title) };
}

/** Spreadsheets in other forms than XLSX: .xls and .et (BIFF), .xlsb, .ods, and those saved as XML. */
export function readOldSheet({ bytes, limits }: ExtractJob): ReadFile {
  const workbook = openWorkbook(bytes);
  const parts: ExtractedPart[] = [];
  const notes: string[] = [];
  for (const [index, name] of workbook.SheetNames.slice(0, limits.maxMembers).entries()) {
    const sheet = workbook.Sheets[name];
    if (sheet === undefined) continue;
    const state = states[workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0] ?? 'shown';
    const hidden = state !== 'shown';
    const title = nameSheet(name, state);
    const read = readSheetOf(sheet, name, limits.maxTextLength);
    parts.push({ name: title, hidden, text: read.text });
    parts.push({ name: `${title}：批注`, hidden: true, text: read.comments });
    notes.push(...(hidden ? [`有${title}`] : []), ...read.notes);
  }
  return { kind: 'sheet', parts, notes, unread: [] };
}
