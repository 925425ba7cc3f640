/** Null: an empty cell. An instant is shown on a Shanghai clock. Text is text, whatever it begins with. */
export type SheetValue = string | number | { at: string } | null;

/** One sheet of a workbook: a frozen head, then rows as they come. */
export interface Sheet {
  /** At most 31 characters. */
  name: string;
  /** Widths in characters. */
  columns: readonly { title: string; width: number }[];
  /** May all its columns be filtered? */
  isFiltered: boolean;
  rows: AsyncIterable<readonly SheetValue[]> | Iterable<readonly SheetValue[]>;
}

export interface WorkbookWriter {
  /** XLSX, piece by piece, so that no sheet is held as a whole; sheets are read in their order. */
  write(sheets: readonly Sheet[]): AsyncIterable<Uint8Array>;
}
