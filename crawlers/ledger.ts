import { createHash } from 'node:crypto';
import type { LedgerPage } from '../pipeline/domain/crawl.ts';
import type { EgressResponse } from '../pipeline/ports/egress.ts';
import type { PageOutcome } from '../pipeline/ports/ledger-store.ts';

const dayMs = 86_400_000;
const backOffMs = [5 * 60_000, 15 * 60_000, 3_600_000, 4 * 3_600_000];
const maxAttempts = backOffMs.length + 1;

/** Session and tracking parts, and the random ones that only keep caches away: they do not make another page. */
const passingKeys =
  /^(utm_\w+|spm|jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|sid|_t|timestamp|rand|random)$/i;

/**
 * An address as the ledger knows it: without fragment, session and tracking parts; the rest as it is, in its order.
 * The query is cut as text, because rewriting it would change escapes that are not UTF-8.
 * @throws TypeError when it is no absolute address
 */
export function ledgerKey(address: string): string {
  const url = new URL(address);
  url.hash = '';
  url.pathname = url.pathname.replace(/;jsessionid=[^/;]*/gi, '');
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !passingKeys.test(part.split('=')[0] ?? ''));
  url.search = kept.join('&');
  return url.href;
}

/** One fetch of one page, at one instant; no response when none came. */
export interface Visit {
  page: LedgerPage;
  at: string;
  response: EgressResponse | null;
}

export function later(at: string, delayMs: number): string {
  return new Date(Date.parse(at) + delayMs).toISOString();
}

/** Always the same tenth more or less for one address, so that an archive fetched in a day does not fall due in one. */
function spread(url: string, delayMs: number): number {
  const share = createHash('sha256').update(url).digest().readUInt16BE(0) / 65_535;
  return Math.round(delayMs * (0.9 + share * 0.2));
}

/** When to look at an article again: daily while it is new, then weekly, then monthly. `since` is its own date. */
export function nextArticleVisit(url: string, since: string, at: string): string {
  const ageDays = (Date.parse(at) - Date.parse(since)) / dayMs;
  const everyDays = ageDays < 7 ? 1 : ageDays < 60 ? 7 : 30;
  return later(at, spread(url, everyDays * dayMs));
}

/** When to look at a list again by itself; it is looked at sooner when the page that leads to it is. */
export function nextListVisit(page: LedgerPage, everyMinutes: number, at: string): string {
  return page.pageNumber === 0 ? later(at, everyMinutes * 60_000) : later(at, spread(page.url, 30 * dayMs));
}

function outcomeOf({ page, at, response }: Visit): PageOutcome {
  const { channelId: _, url: __, role: ___, pageNumber: ____, ...known } = page;
  return { ...known, fetchedAt: at, status: response?.status ?? null, error: null };
}

export function settleDone(
  visit: Visit,
  result: { dueAt: string } & Partial<
    Pick<PageOutcome, 'contentHash' | 'snapshotHash' | 'postId' | 'error' | 'newestItemAt'>
  >,
): PageOutcome {
  const { page, response } = visit;
  return {
    ...outcomeOf(visit),
    state: 'done',
    attempts: 0,
    etag: response?.headers.etag ?? page.etag,
    lastModified: response?.headers['last-modified'] ?? page.lastModified,
    ...result,
  };
}

/** Worth another try: sooner at first, daily when it has failed five times. What was kept last time stays known. */
export function settleFailed(visit: Visit, error: string): PageOutcome {
  const attempts = visit.page.attempts + 1;
  const delayMs = backOffMs[attempts - 1] ?? dayMs;
  const state = attempts >= maxAttempts ? 'failed' : 'due';
  return { ...outcomeOf(visit), state, attempts, dueAt: later(visit.at, delayMs), error };
}

/** Trying again soon cannot help; the page may be another one in a week. */
export function settlePermanent(visit: Visit, error: string): PageOutcome {
  const attempts = visit.page.attempts + 1;
  return { ...outcomeOf(visit), state: 'failed', attempts, dueAt: later(visit.at, 7 * dayMs), error };
}

/** The host asks for time: spends no attempt, and is no visit. */
export function settleLater({ page, at }: Visit, delayMs: number, error: string): PageOutcome {
  const { channelId: _, url: __, role: ___, pageNumber: ____, ...known } = page;
  return { ...known, dueAt: later(at, delayMs), error };
}

/** Not allowed to be fetched: looked at again tomorrow, should the allow-list or robots.txt have changed. */
export function settleRefused(visit: Visit, error: string): PageOutcome {
  return { ...outcomeOf(visit), state: 'refused', dueAt: later(visit.at, dayMs), error };
}

const parsingMarks: readonly (string | null)[] = [
  'being parsed',
  'being parsed for the second time',
  'being parsed for the third time',
];

/**
 * Written before a page is parsed, so that one which ends the process is not taken up for ever. It stays due: a process that
 * was killed for another reason simply reads it again, even where several pages were being read just then. Null when it has been
 * there at the end of three processes.
 */
export function settleParsing({ page, at }: Visit): PageOutcome | null {
  const { channelId: _, url: __, role: ___, pageNumber: ____, ...known } = page;
  const error = parsingMarks[parsingMarks.indexOf(page.error) + 1];
  if (error === undefined) return null;
  return { ...known, state: 'due', attempts: page.attempts + 1, dueAt: at, error };
}

/** @param snapshotHash of the page kept for its keeper */
export function settleUnknown(visit: Visit, snapshotHash: string, error: string): PageOutcome {
  const attempts = visit.page.attempts + 1;
  const kept = { etag: null, lastModified: null, snapshotHash, contentHash: null };
  return {
    ...outcomeOf(visit),
    ...kept,
    state: 'unknown-page',
    attempts,
    dueAt: later(visit.at, dayMs),
    error,
  };
}

/** Missing, but not yet believed: looked at again after `delayMs`. */
export function settleMissing(visit: Visit, attempts: number, delayMs: number, error: string): PageOutcome {
  return { ...outcomeOf(visit), state: 'due', attempts, dueAt: later(visit.at, delayMs), error };
}

export function settleGone(visit: Visit, error: string): PageOutcome {
  const none = { etag: null, lastModified: null, contentHash: null };
  return {
    ...outcomeOf(visit),
    ...none,
    state: 'gone',
    attempts: 0,
    dueAt: later(visit.at, 30 * dayMs),
    error,
  };
}
