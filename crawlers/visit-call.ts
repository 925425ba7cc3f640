import { storeGathered } from '../pipeline/commands/store-gathered.ts';
import type { SourceChannel } from '../pipeline/domain/channel.ts';
import type { LedgerPage } from '../pipeline/domain/crawl.ts';
import {
  CredentialExpired,
  InvalidInput,
  NotPermitted,
  PageChanged,
  Permanent,
  RetryLater,
} from '../pipeline/domain/errors.ts';
import { type GatheredPost, postId, retentionOf } from '../pipeline/domain/post.ts';
import type { EgressResponse } from '../pipeline/ports/egress.ts';
import type { PageOutcome } from '../pipeline/ports/ledger-store.ts';
import type { SourceCrawl } from './crawl.ts';
import { NetworkFailure } from './fetch/network-failure.ts';
import { findPages } from './find-pages.ts';
import {
  later,
  settleDone,
  settleFailed,
  settleGone,
  settleLater,
  settlePermanent,
  settleRefused,
  settleUnknown,
  type Visit,
} from './ledger.ts';
import { platformAddress } from './platforms.ts';
import { describeBody } from './shape.ts';
import { keepPacked, keepSnapshot } from './snapshot.ts';
import { type SourceReading, type SourceScope, TokenStale } from './source.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

interface Answer {
  response: EgressResponse;
  reading: SourceReading | null;
}

type Answered = Visit & { response: EgressResponse };

async function ask(
  { crawl, source }: SourceCrawl,
  page: LedgerPage,
  scope: SourceScope<SourceChannel>,
): Promise<EgressResponse> {
  const { egress, platforms } = crawl.deps;
  const { url, method = 'GET', headers, body } = source.buildCall(page, scope);
  return egress.fetch({
    url: platformAddress(url, platforms),
    allowance: crawl.allowance,
    method,
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    // That a list's first page is the same says nothing of the pages behind it, which may be wanted now.
    ...(method === 'GET' && !(isList(page) && source.pagesBack)
      ? { etag: page.etag, lastModified: page.lastModified }
      : {}),
    redirects: source.redirects,
    robots: source.robots,
    maxBytes: source.limits.pageBytes,
    signal: crawl.signal,
  });
}

/** Asked, and read unless the server has nothing new or fails; a token that went stale is renewed once. */
async function askAndRead(work: SourceCrawl, page: LedgerPage): Promise<Answer> {
  const { access, source, crawl } = work;
  let secret = (await access?.secret()) ?? null;
  for (let isRenewed = false; ; isRenewed = true) {
    const scope = { ...work.scope, now: crawl.deps.clock.now(), secret };
    const response = await ask(work, page, scope);
    crawl.run.fetched += 1;
    crawl.frontier.hostAnswered(page.url);
    if (response.status === 304 || response.status >= 500) return { response, reading: null };
    try {
      return { response, reading: source.read(page, response, scope) };
    } catch (error) {
      if (!(error instanceof TokenStale)) throw new UnreadAnswer(response, error);
      if (access === null || secret === null || isRenewed) {
        const keeper = crawl.channel.responsible ?? crawl.channel.unit;
        throw new CredentialExpired(keeper, 'the platform refuses a token that was made a moment ago');
      }
      secret = await access.renew(secret);
    }
  }
}

/** An answer came, and what the source made of it is `cause`. */
class UnreadAnswer extends Error {
  readonly response: EgressResponse;
  constructor(response: EgressResponse, cause: unknown) {
    super('an answer could not be read', { cause });
    this.response = response;
  }
}

function isList({ role }: LedgerPage): boolean {
  return role === 'home' || role === 'list';
}

/** Snapshot, then posts, then ledger: whatever is cut off, the page is still due and a repeated call stores them once. */
async function keepPosts(work: SourceCrawl, posts: GatheredPost[], { page, response }: Answered) {
  const { crawl, scope } = work;
  const { run, deps } = crawl;
  const wanted = posts.filter(({ kind }) => kind !== 'comment' || scope.commentsOff === null);
  const items = [];
  for (const post of wanted) {
    const snapshotHash = isArticlePage(page, response)
      ? await keepSnapshot(deps.blobs, retentionOf(post.kind), kept(work, response))
      : null;
    items.push({ post, snapshotHash });
  }
  for (const outcome of await storeGathered(deps, items)) {
    if (outcome === 'created') run.created += 1;
    else if (outcome === 'edited') run.edited += 1;
    else run.unchanged += 1;
  }
}

/** What a person reads; a list names its writers, also when it has one entry only. */
function isArticlePage({ role }: LedgerPage, response: EgressResponse): boolean {
  return role === 'article' && /^\s*</.test(beginningOf(response));
}

/** Of a page, what names nobody. */
function kept({ source }: SourceCrawl, response: EgressResponse): Pick<EgressResponse, 'body' | 'headers'> {
  return source.keepable?.(response) ?? response;
}

function beginningOf({ body }: EgressResponse): string {
  return Buffer.from(body.subarray(0, 200)).toString('latin1').replace(/^ï»¿/, '');
}

async function markGone({ crawl }: SourceCrawl, ids: readonly string[]): Promise<void> {
  const { posts } = crawl.deps.stores;
  for (const id of ids) {
    const known = await posts.findPost(id);
    if (known === null || known.marks.includes('source-deleted')) continue;
    await posts.markDeleted(id, crawl.deps.clock.now());
    crawl.run.gone += 1;
  }
}

/** A list that was not read back to what is known, and leads to no further page, has a hole in it. */
function noteList({ crawl }: SourceCrawl, page: LedgerPage, reading: SourceReading): void {
  if (!isList(page)) return;
  crawl.lists.read += 1;
  const goesOn = reading.pages.some(({ role, url }) => role === 'list' && url !== page.url);
  const hasHole = (reading.unreadable ?? 0) > 0;
  if (hasHole || (reading.reachedBack === false && !goesOn)) crawl.lists.broken += 1;
}

/** They count as failures: what could not be read may have been new. */
function noteUnreadable(crawl: SourceCrawl['crawl'], { url }: LedgerPage, reading: SourceReading): void {
  const { unreadable = 0 } = reading;
  if (unreadable === 0) return;
  crawl.run.failed += unreadable;
  crawl.notice ??= `${url}: ${unreadable} of its entries could not be read`;
}

async function keepReading(work: SourceCrawl, visit: Answered, reading: SourceReading): Promise<PageOutcome> {
  const { crawl } = work;
  const { page } = visit;
  const { run, channel } = crawl;
  run.objected += reading.objected;
  noteUnreadable(crawl, page, reading);
  const goneIds = reading.gone.map((one) => postId({ ...one, channelId: channel.id }));
  if (reading.state === 'deleted') {
    await markGone(work, page.postId === null ? goneIds : [...goneIds, page.postId]);
    return settleGone(visit, 'the platform says that it is gone');
  }
  run.parsed += 1;
  await keepPosts(work, reading.posts, visit);
  await markGone(work, goneIds);
  await findPages(crawl, reading.pages);
  noteList(work, page, reading);
  const { newestItemAt, dueAt } = reading;
  const isOwn = page.role !== 'comments';
  if (isOwn && newestItemAt !== null && newestItemAt > (run.newestItemAt ?? ''))
    run.newestItemAt = newestItemAt;
  const [only] = reading.posts;
  const isOfOne = (page.role === 'article' || page.role === 'status') && only !== undefined;
  return settleDone(visit, {
    dueAt,
    newestItemAt: newestItemAt ?? page.newestItemAt,
    ...(isOfOne ? { postId: postId(only) } : {}),
  });
}

function settleUnread(work: SourceCrawl, visit: Visit, status: number): PageOutcome {
  const { crawl } = work;
  if (status === 304) {
    crawl.run.unchanged += 1;
    if (isList(visit.page)) crawl.lists.read += 1;
    const everyMs = crawl.channel.everyMinutes * 60_000;
    return settleDone(visit, { dueAt: later(visit.at, isList(visit.page) ? everyMs : 7 * dayMs) });
  }
  return fail(work, visit, `status ${status}: the server could not answer`);
}

function fail({ crawl }: SourceCrawl, visit: Visit, message: string): PageOutcome {
  crawl.run.failed += 1;
  crawl.firstFailure ??= `${visit.page.url}: ${message}`;
  if (isList(visit.page)) crawl.lists.broken += 1;
  return settleFailed(visit, message);
}

/** The shape of an answer, or the masked page of an article; never what an answer says of persons. */
async function keepUnknown(work: SourceCrawl, visit: Visit, error: PageChanged): Promise<PageOutcome> {
  const { crawl } = work;
  const { response, page } = visit;
  crawl.run.unknown += 1;
  crawl.firstFailure ??= `${page.url}: ${error.message}`;
  if (isList(page)) crawl.lists.broken += 1;
  if (response === null) return settleFailed(visit, error.message);
  const { blobs } = crawl.deps;
  const hash = isArticlePage(page, response)
    ? await keepSnapshot(blobs, 'raw-page', kept(work, response))
    : await keepPacked(blobs, 'raw-page', describeBody(response.body));
  return settleUnknown(visit, hash, `${error.message}; its shape is kept for its keeper`);
}

/** What the platform's refusal, or a failure on the way, means for the page and for the run. */
async function settleFailure(work: SourceCrawl, visit: Visit, error: unknown): Promise<PageOutcome | null> {
  const { crawl, access } = work;
  const { run, frontier } = crawl;
  const { url } = visit.page;
  if (error instanceof CredentialExpired) {
    await access?.refused(error.platformCode ?? error.message);
    run.credential = (await access?.standing()) ?? run.credential;
    run.refused += 1;
    crawl.halt = { outcome: 'credential', note: error.message, nextStep: `${error.who}: ${error.message}` };
    return null;
  }
  if (error instanceof PageChanged) return keepUnknown(work, visit, error);
  const message = error instanceof Error ? error.message : 'unknown failure';
  if (error instanceof RetryLater) {
    run.refused += 1;
    crawl.halt = { outcome: 'refused', note: message, nextStep: null };
    run.retryAt = later(visit.at, error.delayMs);
    frontier.putOffHost(url, error.delayMs, message);
    return settleLater(visit, error.delayMs, message);
  }
  if (error instanceof NotPermitted) {
    run.refused += 1;
    crawl.firstFailure ??= `${url}: ${message}`;
    if (isList(visit.page)) crawl.lists.broken += 1;
    return settleRefused(visit, message);
  }
  if (error instanceof Permanent) {
    run.failed += 1;
    crawl.firstFailure ??= `${url}: ${message}`;
    if (isList(visit.page)) crawl.lists.broken += 1;
    return settlePermanent(visit, message);
  }
  if (error instanceof NetworkFailure) frontier.hostFailed(url, `${message}, several times in a row`);
  return fail(
    work,
    visit,
    error instanceof NetworkFailure ? message : `the parser failed (${nameOf(error)})`,
  );
}

/** Of an unknown failure only its kind: a message may quote the answer. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown failure';
}

async function settleCall(work: SourceCrawl, page: LedgerPage): Promise<PageOutcome | null> {
  const { crawl } = work;
  const visit: Visit = { page, at: crawl.deps.clock.now(), response: null };
  let answer: Answer;
  try {
    answer = await askAndRead(work, page);
  } catch (error) {
    if (crawl.signal.aborted) return null;
    if (error instanceof UnreadAnswer)
      return settleFailure(work, { ...visit, response: error.response }, error.cause);
    return settleFailure(work, visit, error);
  }
  const answered: Answered = { ...visit, response: answer.response };
  if (answer.reading === null) return settleUnread(work, answered, answer.response.status);
  try {
    return await keepReading(work, answered, answer.reading);
  } catch (error) {
    // The gate for comments was closed between asking and storing.
    if (error instanceof NotPermitted) return settleLater(answered, minuteMs, error.message);
    if (!(error instanceof InvalidInput)) throw error;
    const changed = new PageChanged(page.url, `an item is not well formed (${error.field})`);
    return keepUnknown(work, answered, changed);
  }
}

/** While comments may not be gathered, they are not even asked for (R21). */
export function isOff({ scope }: SourceCrawl, page: LedgerPage): boolean {
  return page.role === 'comments' && scope.commentsOff !== null;
}

/**
 * What one call means for one address of the ledger. Its failure is its own, unless the platform refuses the account: then the run
 * ends, and the address stays due.
 * @throws only what a store throws
 */
export async function visitCall(work: SourceCrawl, page: LedgerPage): Promise<void> {
  const { crawl, scope } = work;
  const { ledger } = crawl.deps.stores;
  // Due in the next run, so that the first one after the gate has opened reads them all.
  const offMs = crawl.channel.everyMinutes * minuteMs;
  try {
    const outcome = isOff(work, page)
      ? settleLater({ page, at: crawl.deps.clock.now(), response: null }, offMs, scope.commentsOff ?? '')
      : await settleCall(work, page);
    if (outcome !== null) await ledger.settle(crawl.channel.id, page.url, outcome);
  } finally {
    crawl.frontier.release(page);
  }
}
