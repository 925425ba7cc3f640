import type { BrowserChoice } from '../crawlers/fetch/browser-program.ts';
import { openPdfPrinter } from '../crawlers/fetch/print-pdf.ts';
import { writeDocx } from '../pipeline/adapters/docx-writer.ts';
import type { Chart } from '../pipeline/domain/chart.ts';
import { chartsOf, type PrintedDocument } from '../pipeline/domain/printed-document.ts';
import { writePrintedHtml } from '../pipeline/domain/printed-html.ts';
import type { PaintedChart } from '../pipeline/ports/chart-painter.ts';
import type { DocumentPrinter } from '../pipeline/ports/document-printer.ts';
import { openThreadedCharts } from '../pipeline/threaded-charts.ts';

type Documents = readonly PrintedDocument[];

/**
 * The browser that prints is started with the first PDF, a thread that draws with the first chart.
 * @property chartFont the font file that the office names; null for the one that is found
 * @property say takes what operators should know, in English
 */
export function openPrinter(
  choice: BrowserChoice & { chartFont?: string | null },
  say: (notice: string) => void = () => {},
): DocumentPrinter & { close(): Promise<void> } {
  const pdf = openPdfPrinter(choice);
  const painter = openThreadedCharts(choice.chartFont ?? null);

  async function draw(documents: Documents, pngs: boolean): Promise<Map<Chart, PaintedChart>> {
    const charts = documents.flatMap(chartsOf);
    const { charts: painted, notice } = await painter.paint(charts, pngs);
    if (notice !== null) say(notice);
    return new Map(charts.flatMap((chart, at) => (painted[at] === undefined ? [] : [[chart, painted[at]]])));
  }

  async function writeHtml(documents: Documents, isPaper: boolean): Promise<string> {
    const painted = await draw(documents, false);
    const drawn = new Map([...painted].map(([chart, { svg }]) => [chart, svg]));
    return writePrintedHtml(documents, { drawn, isPaper });
  }

  return {
    docx: async (documents) => writeDocx(documents, await draw(documents, true)),
    pdf: async (documents) => {
      const [first] = documents;
      const running =
        first?.header === undefined ? undefined : { header: first.header, footer: first.footer };
      return pdf.print(await writeHtml(documents, true), running);
    },
    html: async (documents) => new TextEncoder().encode(await writeHtml(documents, false)),
    close: () => pdf.close(),
  };
}
