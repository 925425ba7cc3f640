import type { PrintedDocument } from '../domain/printed-document.ts';

/** What a document is written as. */
export const printedFormats = ['docx', 'pdf', 'html'] as const;
export type PrintedFormat = (typeof printedFormats)[number];

/** Paper, and pages that stand alone. Several documents begin a new sheet each. */
export interface DocumentPrinter {
  docx(documents: readonly PrintedDocument[]): Promise<Uint8Array>;
  /** @throws RetryLater where there is no browser to print with, saying what to install */
  pdf(documents: readonly PrintedDocument[]): Promise<Uint8Array>;
  /** One page, complete in itself: nothing is fetched, no script runs. */
  html(documents: readonly PrintedDocument[]): Promise<Uint8Array>;
}
