import type { BrowserChoice } from '../crawlers/fetch/browser-program.ts';
import { openPdfPrinter } from '../crawlers/fetch/print-pdf.ts';
import { writeDocx } from '../pipeline/adapters/docx-writer.ts';
import { writePrintedHtml } from '../pipeline/domain/printed-html.ts';
import type { DocumentPrinter } from '../pipeline/ports/document-printer.ts';

/** The browser that prints is started with the first PDF. */
export function openPrinter(choice: BrowserChoice): DocumentPrinter & { close(): Promise<void> } {
  const pdf = openPdfPrinter(choice);
  return {
    docx: writeDocx,
    pdf: (documents) => pdf.print(writePrintedHtml(documents)),
    close: () => pdf.close(),
  };
}
