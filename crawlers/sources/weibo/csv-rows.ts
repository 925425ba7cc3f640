import { InvalidInput } from '../../../pipeline/domain/errors.ts';

/** One row of a table, with the line it begins at, counted from 1. */
export interface CsvRow {
  line: number;
  cells: string[];
}

const delimiters = [',', '\t', ';'] as const;

/** The sign between the cells of the first line: whichever it has most of. */
function delimiterOf(text: string): string {
  const first = text.slice(0, text.search(/\r|\n|$/));
  const counts = delimiters.map((sign) => first.split(sign).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

/**
 * A table as programs save it: cells in quotes may hold delimiters, line ends and doubled quotes.
 * @param name of the file, for errors
 * @throws InvalidInput that names file and line, for a quote that is never closed
 */
export function readCsvRows(text: string, name: string): CsvRow[] {
  const delimiter = delimiterOf(text);
  const rows: CsvRow[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const row: CsvRow = { line, cells: [] };
    for (let goesOn = true; goesOn; ) {
      const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, delimiter);
      if (cell === null) {
        throw new InvalidInput(
          'file',
          `${name}, line ${line}: a quoted cell that begins here is never closed.`,
        );
      }
      row.cells.push(cell.value);
      line += countLines(text, at, cell.end);
      at = cell.end;
      goesOn = text[at] === delimiter;
      if (goesOn) at += 1;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
    if (row.cells.some((cell) => cell.trim() !== '')) rows.push(row);
  }
  return rows;
}

interface Cell {
  value: string;
  end: number;
}

function quotedCell(text: string, start: number): Cell | null {
  const parts: string[] = [];
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return null;
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') return { value: parts.join(''), end: quote + 1 };
    parts.push('"');
    from = quote + 2;
  }
}

function plainCell(text: string, start: number, delimiter: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(start, end), end };
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
