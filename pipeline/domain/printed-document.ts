import type { Chart } from './chart.ts';

/** A document for paper, as data: written as HTML, PDF and DOCX by what prints (ports/document-printer.ts). */
export interface PrintedDocument {
  title: string;
  /** Small, under the title: number, day. */
  subtitle: string;
  blocks: readonly PrintedBlock[];
  /** On every page, beside the page number. */
  footer: string;
  /** On every page, above the text. */
  header?: string;
  /** Instead of the subtitle: the head of a brief. */
  cover?: PrintedCover;
  /** Large and pale across every page, as 未经审定. */
  stamp?: string;
}

interface PrintedCover {
  /** 内部资料 and the like; '' for none. */
  mark: string;
  issuer: string;
  number: string;
  date: string;
}

export type PrintedBlock =
  | { kind: 'heading'; text: string /** Of a part within a part. */; isMinor?: boolean }
  | {
      kind: 'paragraph';
      text: string;
      small?: boolean;
      /** In a frame: what a reader must not miss. */
      isWarning?: boolean;
      /** Two characters in, as running text is written. */
      isProse?: boolean;
    }
  | {
      kind: 'table' /** Shares of the width, which add up to 100. */;
      widths: readonly number[];
      rows: readonly PrintedRow[];
      isSmall?: boolean;
      /** Never alone on a page: what stands before comes along. */
      isKept?: boolean;
    }
  /** Figures side by side, each over its name. */
  | { kind: 'figures'; items: readonly PrintedFigure[] }
  /** As a picture, with its title; where none can be painted as a table. */
  | { kind: 'chart'; chart: Chart }
  /** What follows begins a sheet. On a screen it opens when asked for. */
  | { kind: 'annex'; title: string; blocks: readonly PrintedBlock[] };

export interface PrintedRow {
  cells: readonly PrintedCell[];
  /** Repeated on every page that the table goes on to. */
  isHead?: boolean;
  /** On the page of the row after it. */
  isKept?: boolean;
}

/** Where its figure was counted from, on a page with links; and the sign of its note. */
interface Sourced {
  href?: string;
  mark?: string;
}

export interface PrintedCell extends Sourced {
  text: string;
  /** Names what stands beside or below it. */
  isLabel?: boolean;
  /** Columns that it takes; 1 unless told. */
  span?: number;
  /** Set to the right. */
  isNumber?: boolean;
  /** What others link to, within the page. */
  anchor?: string;
  /** Listed behind the text, each with a link of its own. */
  parts?: readonly PrintedPart[];
}

export interface PrintedPart {
  text: string;
  href?: string;
  anchor?: string;
}

export interface PrintedFigure extends Sourced {
  label: string;
  text: string;
}

/** A table of so few rows stands on one page. */
export const mostRowsOfOnePage = 8;

/** What turns the direction of the words around it would change how a line reads; a line has no use for it. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?![\n\t])\p{Cc}|\p{Cs}/gu;
export const withoutTurning = (text: string): string => text.replace(turning, '');

/** Every chart of a document, in its order. */
export function chartsOf({ blocks }: Pick<PrintedDocument, 'blocks'>): Chart[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'annex') return chartsOf(block);
    return block.kind === 'chart' ? [block.chart] : [];
  });
}

const evenly = (count: number): number[] => new Array<number>(count).fill(100 / count);

/** A chart where no picture can be had. */
export function tableOfRows(rows: readonly (readonly string[])[]): Extract<PrintedBlock, { kind: 'table' }> {
  const columns = rows[0]?.length ?? 1;
  const cells = (row: readonly string[], isHead: boolean) =>
    row.map((text, at) => ({ text, ...(isHead || at === 0 ? { isLabel: true } : { isNumber: true }) }));
  return {
    kind: 'table',
    widths: columns === 1 ? [100] : [28, ...evenly(columns - 1).map((share) => share * 0.72)],
    rows: rows.map((row, at) => ({ cells: cells(row, at === 0), ...(at === 0 ? { isHead: true } : {}) })),
  };
}
