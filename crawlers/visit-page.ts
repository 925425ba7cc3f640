import type { SiteChannel } from '../pipeline/domain/channel.ts';
import type { LedgerPage } from '../pipeline/domain/crawl.ts';
import { NotPermitted, PageChanged, Permanent, RetryLater } from '../pipeline/domain/errors.ts';
import type { GatheredPost } from '../pipeline/domain/post.ts';
import type { EgressResponse } from '../pipeline/ports/egress.ts';
import type { PageOutcome } from '../pipeline/ports/ledger-store.ts';
import { findAttachments, findStoredAttachments } from './attachments/find-attachments.ts';
import { settleAttachment } from './attachments/visit-attachment.ts';
import type { Crawl } from './crawl.ts';
import { NetworkFailure } from './fetch/network-failure.ts';
import type { FetchResult } from './fetch/page-fetcher.ts';
import { followList } from './follow-list.ts';
import { everyClass, keepArticle, keepDeletionNotice, keepMissing, keepUnchanged } from './keep-article.ts';
import {
  later,
  ledgerKey,
  nextListVisit,
  settleDone,
  settleFailed,
  settleLater,
  settleParsing,
  settlePermanent,
  settleRefused,
  settleUnknown,
  type Visit,
} from './ledger.ts';
import { fileTypeOf, type ReadPage, readPage } from './read-page.ts';
import { keepSnapshot } from './snapshot.ts';
import { articleAddress } from './sources/site/keys.ts';

/** A file where a page was expected stays one. */
const fileVisitMs = 30 * 86_400_000;

const statusHints: Record<number, string> = {
  401: 'the page asks for a login',
  403: 'the server refuses us (is the crawler’s address blocked there?)',
  404: 'the site has no such page (check the start address)',
  410: 'the site has no such page any more',
  412: 'the site’s firewall wants a browser',
  429: 'the site finds us too fast (lower requestsPerMinute)',
};

const stateHints: Record<'login-required' | 'blocked', string> = {
  'login-required': 'status 200, but the page asks for a login; what was stored before is kept',
  blocked: 'status 200, but the page is a refusal of the site’s firewall; what was stored before is kept',
};

function fail(crawl: Crawl<SiteChannel>, visit: Visit, error: string): PageOutcome {
  crawl.run.failed += 1;
  crawl.firstFailure ??= `${visit.page.url}: ${error}`;
  return settleFailed(visit, error);
}

/** Where no answer came: what is to blame decides when to try again. */
function settleError(crawl: Crawl<SiteChannel>, visit: Visit, error: unknown): PageOutcome {
  const { run, frontier } = crawl;
  const { url } = visit.page;
  const message = error instanceof Error ? error.message : 'unknown failure';
  if (error instanceof NotPermitted) {
    run.refused += 1;
    crawl.firstFailure ??= message;
    return settleRefused(visit, message);
  }
  if (error instanceof RetryLater) {
    run.failed += 1;
    frontier.putOffHost(url, error.delayMs, message);
    return settleLater(visit, error.delayMs, message);
  }
  if (error instanceof Permanent) {
    run.failed += 1;
    crawl.firstFailure ??= message;
    return settlePermanent(visit, message);
  }
  if (error instanceof NetworkFailure) frontier.hostFailed(url, `${message}, several times in a row`);
  return fail(crawl, visit, message);
}

/** The page is kept as it came, and its keeper is told by what the ledger writes to the outbox. */
async function keepUnknown(
  crawl: Crawl<SiteChannel>,
  visit: Visit,
  response: EgressResponse,
  why: string,
): Promise<PageOutcome> {
  // An article that nobody has put right since it was told is no news of this run; a list is, every time.
  if (visit.page.role !== 'article' || visit.page.state !== 'unknown-page') crawl.run.unknown += 1;
  crawl.firstFailure ??= `${visit.page.url}: ${why}`;
  const snapshotHash = await keepSnapshot(crawl.deps.blobs, 'raw-page', response);
  return settleUnknown(visit, snapshotHash, `${why}; the page is kept for its keeper`);
}

async function settleRead(
  crawl: Crawl<SiteChannel>,
  visit: Visit,
  response: EgressResponse,
  read: ReadPage,
): Promise<PageOutcome> {
  const { page, at } = visit;
  const isMoved = ledgerKey(response.url) !== page.url;
  switch (read.state) {
    case 'unknown-page':
      throw new PageChanged(page.url, read.reason ?? 'the parser does not know this kind of page');
    case 'login-required':
    case 'blocked':
      return fail(crawl, visit, stateHints[read.state]);
    case 'deleted':
      return page.role === 'article'
        ? keepDeletionNotice(crawl, visit)
        : fail(crawl, visit, 'status 200, but the page says that it is gone');
    case 'empty':
    case 'ok':
      break;
    default:
      read.state satisfies never;
  }
  if (page.role === 'article' && read.role !== 'article' && (isMoved || page.postId !== null)) {
    return fail(
      crawl,
      visit,
      `an article no more: ${isMoved ? 'it redirects to' : 'its address shows'} a list`,
    );
  }
  if (page.role !== 'home' && read.role !== 'article' && articleAddress(page.url) === 'sure') {
    throw new PageChanged(page.url, 'an article’s address without an article');
  }
  if (read.role !== 'article') {
    crawl.run.parsed += 1;
    const contentHash = await followList(crawl, page, read);
    const newestItemAt = newestOf(read.newestItemAt, page.newestItemAt);
    crawl.run.newestItemAt = newestOf(newestItemAt, crawl.run.newestItemAt);
    const dueAt = nextListVisit(page, crawl.channel.everyMinutes, at);
    return settleDone(visit, { dueAt, contentHash, newestItemAt });
  }
  return settleArticle(crawl, visit, read.article);
}

function newestOf(one: string | null, other: string | null): string | null {
  return (one ?? '') > (other ?? '') ? one : other;
}

/** A film or a picture may be all there is; but a text that was there is not taken to be gone. */
async function losesText(crawl: Crawl<SiteChannel>, visit: Visit, article: GatheredPost): Promise<boolean> {
  if (article.text !== '') return false;
  if (article.title === '') return true;
  if (visit.page.postId === null) return false;
  const stored = await crawl.deps.stores.posts.findText(visit.page.postId, { accessClasses: everyClass });
  return stored !== null && stored.text !== '';
}

async function settleArticle(
  crawl: Crawl<SiteChannel>,
  visit: Visit,
  article: ReadPage['article'],
): Promise<PageOutcome> {
  if (article === null || (await losesText(crawl, visit, article))) {
    throw new PageChanged(visit.page.url, 'an article page without text');
  }
  crawl.run.parsed += 1;
  const outcome = await keepArticle(crawl, visit, article);
  await findAttachments(crawl, article);
  return outcome;
}

async function settlePage(
  crawl: Crawl<SiteChannel>,
  visit: Visit,
  response: EgressResponse,
): Promise<PageOutcome> {
  const { deps, channel } = crawl;
  const parsing = settleParsing(visit);
  if (parsing === null) throw new PageChanged(visit.page.url, 'reading it has ended the process three times');
  await deps.stores.ledger.settle(channel.id, visit.page.url, parsing);
  let read: ReadPage;
  try {
    read = readPage(channel, response, visit.at);
  } catch (error) {
    // Of the failure only its kind: a message may quote the page.
    const kind = error instanceof Error ? error.name : 'unknown failure';
    throw new PageChanged(visit.page.url, `the parser failed (${kind})`);
  }
  return settleRead(crawl, visit, response, read);
}

async function settleResponse(
  crawl: Crawl<SiteChannel>,
  visit: Visit,
  response: EgressResponse,
): Promise<PageOutcome> {
  const { channel, run } = crawl;
  const { page, at } = visit;
  const { status } = response;
  if (page.role === 'attachment') return settleAttachment(crawl, visit, response);
  if (status === 304) {
    run.unchanged += 1;
    if (page.role === 'article') {
      await findStoredAttachments(crawl, page.postId);
      return keepUnchanged(crawl, visit);
    }
    return settleDone(visit, { dueAt: nextListVisit(page, channel.everyMinutes, at) });
  }
  const isStart = page.pageNumber === 0 && page.role !== 'article';
  if ((status === 404 || status === 410) && !isStart) return keepMissing(crawl, visit, status);
  if (status !== 200) {
    return fail(crawl, visit, `status ${status}: ${statusHints[status] ?? 'the server could not answer'}`);
  }
  const fileType = fileTypeOf(response);
  if (fileType !== null) {
    return settleDone(visit, { dueAt: later(at, fileVisitMs), error: `a file (${fileType}) and no page` });
  }
  return settlePage(crawl, visit, response);
}

async function settleOrKeep(
  crawl: Crawl<SiteChannel>,
  visit: Visit,
  response: EgressResponse,
): Promise<PageOutcome> {
  try {
    return await settleResponse(crawl, visit, response);
  } catch (error) {
    if (error instanceof PageChanged) return keepUnknown(crawl, visit, response, error.message);
    throw error;
  }
}

/**
 * A column that robots.txt or the allow-list keeps us from is none of ours; a start page must be read. One that was read before and
 * could not be asked now keeps its state: that is no reading.
 */
function noteList({ lists }: Crawl<SiteChannel>, { page, response }: Visit, { state }: PageOutcome): void {
  if (page.role !== 'home' && page.role !== 'list') return;
  if (state === 'done' && response !== null) lists.read += 1;
  else if (state !== 'refused' || page.role === 'home') lists.broken += 1;
}

/**
 * What one fetch means for one page. Its failure is its own: it is written to the ledger and the run goes on.
 * @throws only what a store throws
 */
export async function visitPage(
  crawl: Crawl<SiteChannel>,
  page: LedgerPage,
  result: FetchResult,
): Promise<void> {
  const { deps, channel, run, frontier, signal } = crawl;
  try {
    if ('error' in result && signal.aborted) return;
    const response = 'error' in result ? null : result.response;
    const visit: Visit = { page, at: deps.clock.now(), response };
    let outcome: PageOutcome;
    if ('error' in result) outcome = settleError(crawl, visit, result.error);
    else {
      run.fetched += 1;
      frontier.hostAnswered(page.url);
      outcome = await settleOrKeep(crawl, visit, result.response);
    }
    noteList(crawl, visit, outcome);
    await deps.stores.ledger.settle(channel.id, page.url, outcome);
  } catch (error) {
    // The store has failed, not the page: it must not count as one that ends processes.
    const { channelId: _, url: __, role: ___, pageNumber: ____, ...known } = page;
    await deps.stores.ledger.settle(channel.id, page.url, known).catch(() => {});
    throw error;
  } finally {
    frontier.release(page);
  }
}
