import type { SiteChannel } from '../pipeline/domain/channel.ts';
import type { LedgerPage } from '../pipeline/domain/crawl.ts';
import type { Crawl } from './crawl.ts';
import { isUrlAllowed } from './fetch/allow-list.ts';
import { findPages } from './find-pages.ts';
import { ledgerKey } from './ledger.ts';
import type { ReadPage } from './read-page.ts';
import { rowsHash } from './snapshot.ts';
import type { FoundPage } from './source.ts';

/** A link to one of these is a file, not a page to read. */
const fileEnding =
  /\.(pdf|docx?|xlsx?|pptx?|wps|et|zip|rar|7z|txt|csv|jpe?g|png|gif|bmp|webp|mp[34]|avi|wmv|flv|apk|exe|ofd)$/i;

/** The addresses that may be fetched, as the ledger knows them, each once. */
function ownPages(crawl: Crawl, addresses: readonly string[]): string[] {
  const keys = new Set<string>();
  for (const address of addresses) {
    if (!URL.canParse(address)) continue;
    const url = new URL(address);
    if (isUrlAllowed(url, crawl.allowance) && !fileEnding.test(url.pathname)) keys.add(ledgerKey(address));
  }
  return [...keys];
}

/** One that was found a moment ago on another page, and not fetched yet, still counts as new. */
async function hasUnknown(crawl: Crawl, urls: readonly string[]): Promise<boolean> {
  for (const url of urls) {
    const known = await crawl.deps.stores.ledger.findPage(crawl.channel.id, url);
    if (known === null || known.fetchedAt === null) return true;
  }
  return false;
}

/**
 * Whether to go on to the pager's next page: while this page brought an article that was not known, or the next page has
 * never been read. An endless pager ends at the channel's limit, or where a page repeats the rows of the one before.
 */
async function shouldFollow(
  crawl: Crawl<SiteChannel>,
  page: LedgerPage,
  next: string,
  articles: string[],
): Promise<boolean> {
  if (page.pageNumber + 1 >= crawl.channel.maxListPages) return false;
  if (crawl.rowsBefore.get(page.url) === rowsHash(articles)) return false;
  if (await hasUnknown(crawl, articles)) return true;
  const known = await crawl.deps.stores.ledger.findPage(crawl.channel.id, next);
  return known === null || known.fetchedAt === null;
}

/**
 * Puts what a list leads to into the ledger. Columns are taken from start pages, and from those columns one level on: the
 * same navigation on every page leads nowhere new. The next page goes in before the articles: should the process die in
 * between, the list is read again and its articles still count as new.
 * @returns the hash of its rows
 */
export async function followList(
  crawl: Crawl<SiteChannel>,
  page: LedgerPage,
  read: ReadPage,
): Promise<string> {
  const articles = ownPages(crawl, read.articles);
  const lists = page.pageNumber === 0 ? ownPages(crawl, read.lists) : [];
  const [next] = ownPages(crawl, read.next === null ? [] : [read.next]);
  const rows = rowsHash(articles);
  const pageNumber = page.pageNumber + 1;
  const found: FoundPage[] = [];
  if (next !== undefined && next !== page.url && (await shouldFollow(crawl, page, next, articles))) {
    crawl.rowsBefore.set(next, rows);
    found.push({ url: next, role: 'list', pageNumber, wake: true });
  }
  const columnNumber = page.role === 'home' ? 0 : 1;
  for (const url of lists)
    if (url !== page.url) found.push({ url, role: 'list', pageNumber: columnNumber, wake: true });
  for (const url of articles) found.push({ url, role: 'article', pageNumber: 0 });
  await findPages(crawl, found);
  return rows;
}
