import { BrowserPool } from './browser-pool.ts';
import type { BrowserChoice } from './browser-program.ts';

export interface PdfPrinter {
  /** Of a page that is complete in itself: nothing is fetched, no script runs. @throws RetryLater where there is no browser */
  print(html: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

const limitMs = 60_000;
const numbers =
  '<div style="width:100%;text-align:center;font-size:8pt">第 <span class="pageNumber"></span> 页　共 <span class="totalPages"></span> 页</div>';

/** The browser is started with the first page and ends when nobody prints. */
export function openPdfPrinter(choice: BrowserChoice): PdfPrinter {
  const pool = new BrowserPool(choice, { pages: 1, pagesPerBrowser: 50 });
  return {
    print: (html) =>
      pool.use(async (browser) => {
        const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
        try {
          const page = await context.newPage();
          page.setDefaultTimeout(limitMs);
          await page.setContent(html, { waitUntil: 'load', timeout: limitMs });
          const footer = {
            displayHeaderFooter: true,
            headerTemplate: '<span></span>',
            footerTemplate: numbers,
          };
          return new Uint8Array(
            await page.pdf({ preferCSSPageSize: true, printBackground: true, ...footer }),
          );
        } finally {
          await context.close().catch(() => {});
        }
      }),
    close: () => pool.close(),
  };
}
