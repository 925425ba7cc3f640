import type { DraftNode } from '../domain/draft-document.ts';
import { readStyle, writeStyle } from '../domain/layout-style.ts';
import type { HtmlElement } from './html-tree.ts';
import { styleAttribute } from './inline-marks.ts';

type ReadBlocks = (element: HtmlElement) => DraftNode[];

const groups = new Set(['thead', 'tbody', 'tfoot', 'colgroup']);
const mostCells = 20_000;

interface Cell {
  node: DraftNode;
  colspan: number;
  rowspan: number;
}

function span(value: string | undefined, most: number): number {
  const count = Number.parseInt(value ?? '1', 10);
  return Number.isNaN(count) ? 1 : Math.max(1, Math.min(count, most));
}

function readCell(element: HtmlElement, read: ReadBlocks): Cell {
  const colspan = span(element.attributes.colspan, 100);
  const rowspan = span(element.attributes.rowspan, 500);
  const { style } = readStyle(styleAttribute(element));
  // Widths are looks: as numbers of the columns, those of all rows would have to agree.
  const attrs = { colspan, rowspan, colwidth: null, style: writeStyle(style) };
  const type = element.name === 'th' ? 'tableHeader' : 'tableCell';
  return { node: { type, attrs, content: read(element) }, colspan, rowspan };
}

/** Rows in the order of the table; what stands outside of cells is handed to `stray`. */
function findRows(table: HtmlElement, stray: (element: HtmlElement) => void): HtmlElement[] {
  return table.children.flatMap((child) => {
    if (typeof child === 'string') return strayText(child, stray);
    if (child.name === 'tr') return [child];
    if (groups.has(child.name)) return findRows(child, stray);
    if (child.name !== 'col') stray(child);
    return [];
  });
}

function strayText(text: string, stray: (element: HtmlElement) => void): never[] {
  if (text.trim() !== '') stray({ name: 'p', attributes: {}, children: [text] });
  return [];
}

function findCells(row: HtmlElement, stray: (element: HtmlElement) => void): HtmlElement[] {
  return row.children.flatMap((child) => {
    if (typeof child === 'string') return strayText(child, stray);
    if (child.name === 'td' || child.name === 'th') return [child];
    stray(child);
    return [];
  });
}

const emptyCell = (): DraftNode => ({
  type: 'tableCell',
  attrs: { colspan: 1, rowspan: 1, colwidth: null, style: null },
  content: [{ type: 'paragraph' }],
});

/** Spans end with the table and overlap nothing, rows are equally long: otherwise the editor would put it right by itself. */
function levelRows(rows: Cell[][]): DraftNode[] {
  const taken: boolean[][] = rows.map(() => []);
  const placed = rows.map((row, y) => row.map((cell) => place(cell, y, taken)));
  const width = Math.max(1, ...taken.map((line) => line.length));
  return placed.map((cells, y) => {
    const missing = Array.from({ length: width }, (_, x) => x).filter((x) => taken[y]?.[x] !== true);
    return { type: 'tableRow', content: [...cells, ...missing.map(emptyCell)] };
  });
}

function place({ node, colspan, rowspan }: Cell, y: number, taken: boolean[][]): DraftNode {
  const line = taken[y] ?? [];
  let x = 0;
  while (line[x] === true) x += 1;
  let columns = 1;
  while (columns < colspan && line[x + columns] !== true) columns += 1;
  const rows = Math.min(rowspan, taken.length - y);
  for (let dy = 0; dy < rows; dy += 1)
    for (let dx = 0; dx < columns; dx += 1) {
      const below = taken[y + dy];
      if (below !== undefined) below[x + dx] = true;
    }
  return { ...node, attrs: { ...node.attrs, colspan: columns, rowspan: rows } };
}

/** What a gap in the middle of a line leaves room for stands at its end: a row's cells have no places of their own. */
export function readTable(table: HtmlElement, read: ReadBlocks): DraftNode[] {
  const before: DraftNode[] = [];
  const stray = (element: HtmlElement) => {
    before.push(...read({ name: 'div', attributes: {}, children: [element] }));
  };
  let left = mostCells;
  const rows = findRows(table, stray).map((row) => {
    const cells = findCells(row, stray);
    left -= cells.length;
    if (left >= 0) return cells.map((cell) => readCell(cell, read));
    for (const cell of cells) stray(cell);
    return [];
  });
  const kept = rows.filter((row, y) => row.length > 0 || rows[y - 1]?.some(({ rowspan }) => rowspan > 1));
  if (kept.length === 0) return before;
  const style = writeStyle(readStyle(styleAttribute(table)).style);
  return [...before, { type: 'table', attrs: { style }, content: levelRows(kept) }];
}
