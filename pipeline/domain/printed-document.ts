/** A document for paper, as data: written as HTML, PDF and DOCX by what prints (ports/document-printer.ts). */
export interface PrintedDocument {
  title: string;
  /** Small, under the title: number, day. */
  subtitle: string;
  blocks: readonly PrintedBlock[];
  /** On every page, beside the page number. */
  footer: string;
}

export type PrintedBlock =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string; small?: boolean }
  | {
      kind: 'table' /** Shares of the width, which add up to 100. */;
      widths: readonly number[];
      rows: readonly PrintedRow[];
    };

export interface PrintedRow {
  cells: readonly PrintedCell[];
  /** Repeated on every page that the table goes on to. */
  isHead?: boolean;
}

export interface PrintedCell {
  text: string;
  /** Names what stands beside or below it. */
  isLabel?: boolean;
  /** Columns that it takes; 1 unless told. */
  span?: number;
}
