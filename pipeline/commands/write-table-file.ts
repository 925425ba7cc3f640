import type { WrittenSheet } from '../domain/sheet-table.ts';
import { writeWorkbook } from '../extract/write-workbook.ts';
import { writeCsv } from './write-csv.ts';

/** A table for people: its lines, the header first. Every cell is text. */
export interface FileTable {
  name: string;
  lines: readonly (readonly string[])[];
}

const widest = 40;
/** A Chinese character takes the room of two. */
const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0);

function sheetOf({ name, lines }: FileTable): WrittenSheet {
  const columns = Math.max(1, ...lines.map((line) => line.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.min(widest, 2 + Math.max(6, ...lines.slice(0, 200).map((line) => widthOf(line[at] ?? '')))),
  );
  return { name, widths, rows: lines, emptyRows: 0 };
}

/** CSV has them below one another, a blank line between; a workbook a sheet each. Nothing in them is worked out as a formula. */
export function writeTableFile(tables: readonly FileTable[], format: 'csv' | 'xlsx'): Uint8Array {
  if (format === 'xlsx') return writeWorkbook(tables.map(sheetOf));
  const lines = tables.flatMap(({ name, lines: own }, at) => [...(at === 0 ? [] : [[]]), [name], ...own]);
  return new Uint8Array(Buffer.from(writeCsv(lines), 'utf8'));
}
