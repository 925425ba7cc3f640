import { escapeHtml } from '../../pipeline/domain/escape-html.ts';
import { BrowserPool } from './browser-pool.ts';
import type { BrowserChoice } from './browser-program.ts';

/** On every page, above and below it. */
interface Running {
  header: string;
  footer: string;
}

export interface PdfPrinter {
  /** Of a page that is complete in itself: nothing is fetched, no script runs. @throws RetryLater where there is no browser */
  print(html: string, running?: Running): Promise<Uint8Array>;
  close(): Promise<void>;
}

const limitMs = 60_000;
const numbers = '第 <span class="pageNumber"></span> 页　共 <span class="totalPages"></span> 页';
/** A template has no style of the page, and a size of its own that would be zero. */
const strip = (words: string): string =>
  `<div style="width:100%;padding:0 18mm;text-align:center;font-size:8pt;font-family:'Noto Serif CJK SC',SimSun,serif">${words}</div>`;

function runningOf(running: Running | undefined) {
  const header = running === undefined ? '<span></span>' : strip(escapeHtml(running.header));
  const footer = running === undefined ? numbers : `${escapeHtml(running.footer)}　${numbers}`;
  return { displayHeaderFooter: true, headerTemplate: header, footerTemplate: strip(footer) };
}

/** The browser is started with the first page and ends when nobody prints. */
export function openPdfPrinter(choice: BrowserChoice): PdfPrinter {
  const pool = new BrowserPool(choice, { pages: 1, pagesPerBrowser: 50 });
  return {
    print: (html, running) =>
      pool.use(async (browser) => {
        const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
        try {
          const page = await context.newPage();
          page.setDefaultTimeout(limitMs);
          await page.setContent(html, { waitUntil: 'load', timeout: limitMs });
          return new Uint8Array(
            await page.pdf({ preferCSSPageSize: true, printBackground: true, ...runningOf(running) }),
          );
        } finally {
          await context.close().catch(() => {});
        }
      }),
    close: () => pool.close(),
  };
}
