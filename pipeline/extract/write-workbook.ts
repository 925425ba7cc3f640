import { utils, type WorkSheet, write } from '@e965/xlsx';
import type { WrittenSheet } from '../domain/sheet-table.ts';

/** Excel's own name for a cell that is text whatever stands in it. */
const textFormat = '@';

function buildSheet({ rows, widths, emptyRows }: WrittenSheet): WorkSheet {
  const blank = Array.from({ length: emptyRows }, () => widths.map(() => ''));
  const sheet = utils.aoa_to_sheet([...rows, ...blank].map((row) => [...row]));
  for (const [address, cell] of Object.entries(sheet)) {
    if (!address.startsWith('!')) Object.assign(cell, { t: 's', z: textFormat });
  }
  sheet['!cols'] = widths.map((wch) => ({ wch }));
  return sheet;
}

/** An .xlsx of which every cell is text. */
export function writeWorkbook(sheets: readonly WrittenSheet[]): Uint8Array {
  const workbook = utils.book_new();
  for (const sheet of sheets) utils.book_append_sheet(workbook, buildSheet(sheet), sheet.name);
  return new Uint8Array(write(workbook, { type: 'array', bookType: 'xlsx', compression: true }));
}
