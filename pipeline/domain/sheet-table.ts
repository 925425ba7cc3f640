/** One row of a sheet that people filled in. */
export interface TableRow {
  /** As the program that wrote the sheet shows it, from 1. */
  number: number;
  isHidden: boolean;
  /** By column; an empty cell is ''. Dates are `2026-10-01`, with a time `2026-10-01 08:00`; times `08:00`; numbers as typed. */
  cells: string[];
}

export interface SheetTable {
  name: string;
  isHidden: boolean;
  /** Those with anything in them, in their order. What is merged downwards stands in each of its rows. */
  rows: TableRow[];
  /** From 0. */
  hiddenColumns: number[];
  /** Rows were left out, because they are too many. */
  isCutOff: boolean;
}

/** A sheet to be written: every cell as text, so that a number keeps its zeros. */
export interface WrittenSheet {
  name: string;
  /** In characters. */
  widths: readonly number[];
  rows: readonly (readonly string[])[];
  /** So many more rows are prepared for text. */
  emptyRows: number;
}

/** `BC` for 54. */
export function columnLetter(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnLetter(Math.floor(column / 26) - 1) + letter;
}
