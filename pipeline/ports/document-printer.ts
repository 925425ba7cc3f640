import type { PrintedDocument } from '../domain/printed-document.ts';

/** Paper. Several documents begin a new sheet each. */
export interface DocumentPrinter {
  docx(documents: readonly PrintedDocument[]): Promise<Uint8Array>;
  /** @throws RetryLater where there is no browser to print with, saying what to install */
  pdf(documents: readonly PrintedDocument[]): Promise<Uint8Array>;
}
