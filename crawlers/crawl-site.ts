import type { SiteChannel } from '../pipeline/domain/channel.ts';
import type { CrawlRun, LedgerPage } from '../pipeline/domain/crawl.ts';
import { asFetchTask } from './attachments/file-task.ts';
import type { Crawl } from './crawl.ts';
import { fetchPages } from './fetch/page-fetcher.ts';
import { findPages } from './find-pages.ts';
import { ledgerKey } from './ledger.ts';
import { visitPage } from './visit-page.ts';

const pagesBetweenUpdates = 20;
const pagesPerHost = 2;
const maxConcurrency = 6;

/** The pages of a web site, over all its hosts at once. Start pages are read in every run, whatever became of them before. */
export async function crawlSite(
  crawl: Crawl<SiteChannel>,
  onPage: (run: Readonly<CrawlRun>, url: string) => void,
): Promise<void> {
  const { deps, channel, run, frontier } = crawl;
  const urls = [...new Set(channel.startUrls.map(ledgerKey))];
  await findPages(
    crawl,
    urls.map((url) => ({ url, role: 'home', pageNumber: 0 })),
    true,
  );
  let pages = 0;
  await fetchPages<LedgerPage>({
    egress: deps.egress,
    allowance: crawl.allowance,
    rendered: channel.fetchedBy === 'browser',
    concurrency: Math.min(channel.allow.length * pagesPerHost, maxConcurrency),
    signal: crawl.signal,
    next: async () => {
      const page = await frontier.next();
      return page === null ? null : asFetchTask(page);
    },
    handle: async (page, result) => {
      await visitPage(crawl, page, result);
      pages += 1;
      if (pages % pagesBetweenUpdates === 0) await deps.stores.ledger.updateRun(run);
      onPage(run, page.url);
    },
  });
}
