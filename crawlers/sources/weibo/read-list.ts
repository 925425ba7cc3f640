import { PageChanged } from '../../../pipeline/domain/errors.ts';
import { laterBy } from '../../../pipeline/domain/time.ts';
import type { FoundPage, SourceReading } from '../../source.ts';
import { type ParsedItem, toGatheredPost } from '../parsed.ts';
import { queryOf, withParameters } from './addresses.ts';
import type { WeiboAnswer } from './answer.ts';
import { addressOf } from './calls.ts';
import { compareIds, instantOfId } from './id-time.ts';
import { knownStatuses, type StatusFacts } from './known-statuses.ts';
import { nextStatusLook, priorityOf } from './plan-calls.ts';
import { emptyReading, type Reading } from './reading.ts';

const dayMs = 86_400_000;
/** A pager that comes to no end. */
const deepest = 1000;
/** What is missed from one page of a list is asked for by itself, so many at a time. */
const mostMissing = 20;
/** Full pages of the Open Platform have a hundred, less what is hidden. */
const nearlyFull = 80;

/** One page of the account's own statuses, newest first but for those pinned on top. */
export function readList(answer: WeiboAnswer, reading: Reading): SourceReading {
  const { page, scope } = reading;
  const { channel, now } = scope;
  assertNotQuiet(answer, reading);
  const next = nextOf(answer, reading);
  const dates = answer.items
    .filter(({ traits }) => traits.pinned !== true)
    .flatMap(({ id, publishedAt }) => instantOfId(id) ?? publishedAt ?? []);
  const known = dates.some((at) => at <= scope.since);
  const reached = known || (next === null && isWhole(answer, reading));
  if (!reached && page.pageNumber >= deepest) throw new PageChanged(page.url, 'the list comes to no end');
  const goesOn: FoundPage[] =
    reached || next === null
      ? []
      : [{ url: next, role: 'list', pageNumber: page.pageNumber + 1, wake: true }];
  const first = page.pageNumber === 0;
  return {
    ...emptyReading,
    state: answer.items.length === 0 ? 'empty' : 'ok',
    posts: answer.items
      .filter(({ traits }) => traits.truncated !== true)
      .map((item) => toGatheredPost(item, channel.id)),
    pages: [
      ...goesOn,
      ...answer.items.flatMap((item) => pagesOf(item, reading)),
      ...missingPages(answer, reading, next),
    ],
    dueAt: laterBy(now, first ? channel.everyMinutes * 60_000 : 30 * dayMs),
    // What could not be read may be what was looked for.
    reachedBack: reached && answer.unreadable === 0,
    newestItemAt: dates.reduce<string | null>((newest, at) => (at > (newest ?? '') ? at : newest), null),
    objected: answer.objected,
    gone: answer.gone.map((externalId) => ({ kind: 'status', externalId })),
  };
}

/** A list that was never empty is not empty now: what lets us in may have run out, and nobody said so. */
function assertNotQuiet(answer: WeiboAnswer, { page, scope }: Reading): void {
  if (page.pageNumber > 0 || answer.items.length + answer.gone.length > 0) return;
  const known = knownStatuses(scope.known ?? []).size;
  if (known === 0) return;
  throw new PageChanged(page.url, `no status is shown, though ${known} are known: is the login still good?`);
}

/** The desktop of the Open Platform names no next page: a full one has one. */
function nextOf(answer: WeiboAnswer, { page, call }: Reading): string | null {
  if (answer.next !== null || call.kind !== 'timeline') return answer.next;
  const entries = answer.items.length + answer.gone.length + answer.unreadable;
  if (entries < nearlyFull) return null;
  const number = Number(queryOf(page.url).get('page') ?? 1);
  return withParameters(page.url, { page: String(number + 1) });
}

/** Is there nothing behind the last page? An app may be shown the newest few only, which the total gives away. */
function isWhole(answer: WeiboAnswer, { page, call }: Reading): boolean {
  if (call.kind !== 'timeline') return true;
  const shown = 100 * page.pageNumber + answer.items.length + answer.gone.length;
  return answer.total === null || answer.total <= shown || page.pageNumber > 0;
}

/** What else is to be asked about a status: its whole text, and what is said under it. */
function pagesOf(item: ParsedItem, { scope, call }: Reading): FoundPage[] {
  const { id, metrics, publishedAt } = item;
  const published = instantOfId(id) ?? publishedAt ?? scope.now;
  const onPlatform = call.kind === 'timeline';
  const comments = metrics.comments ?? 0;
  const pages: FoundPage[] = [statusPage(item, published, { scope, onPlatform })];
  if (comments > 0 && scope.commentsOff === null) {
    const url = onPlatform ? addressOf.platformComments(id) : addressOf.hotComments(id);
    const priority = priorityOf({ published, comments }, scope.now);
    pages.push({ url, role: 'comments', pageNumber: 0, priority });
  }
  return pages;
}

/**
 * By itself at once where the list shows but its beginning; else at its own pace, by which what is gone is noticed though lists are
 * read back to what is known only.
 */
function statusPage(
  { id, traits }: ParsedItem,
  published: string,
  { scope, onPlatform }: { scope: Reading['scope']; onPlatform: boolean },
): FoundPage {
  const { now } = scope;
  const page: FoundPage = { url: statusAddress(id, onPlatform), role: 'status', pageNumber: 0 };
  // The Open Platform's list shows the newest hundred, and calls are few.
  if (traits.truncated !== true) {
    const firstDueAt = onPlatform ? laterBy(now, 30 * dayMs) : nextStatusLook(published, now);
    return { ...page, firstDueAt };
  }
  const isYoung = Date.parse(now) - Date.parse(published) < 7 * dayMs;
  return { ...page, priority: 8, wake: traits.edits !== undefined && isYoung };
}

function statusAddress(id: string, onPlatform: boolean): string {
  return onPlatform ? addressOf.platformStatus(id) : addressOf.status(id);
}

/** Known ones that this page should show between those that it shows: deleted, or hidden. Each is asked for by itself. */
function missingPages(answer: WeiboAnswer, { page, scope, call }: Reading, next: string | null): FoundPage[] {
  const shown = answer.items.filter(({ traits }) => traits.pinned !== true).map(({ id }) => id);
  const ids = [...shown, ...answer.gone].sort(compareIds);
  const [oldest] = ids;
  const newest = ids.at(-1);
  if (oldest === undefined || newest === undefined) return [];
  const present = new Set([...answer.items.map(({ id }) => id), ...answer.gone]);
  const from = (next === null ? null : queryOf(next).get('since_id')) ?? oldest;
  const to = queryOf(page.url).get('since_id') ?? newest;
  const isWithin = (id: string) =>
    compareIds(id, from) > 0 && (page.pageNumber === 0 || compareIds(id, to) < 0);
  return [...knownStatuses(scope.known ?? [])]
    .filter(([id, facts]) => !present.has(id) && isWithin(id) && isUnsettled(facts, scope.now))
    .slice(0, mostMissing)
    .map(([id]) => ({
      url: statusAddress(id, call.kind === 'timeline'),
      role: 'status',
      pageNumber: 0,
      priority: 9,
      wake: true,
    }));
}

/** One that is hidden from the list, but there, is not asked for at every look. */
function isUnsettled({ askedAt }: StatusFacts, now: string): boolean {
  return askedAt === null || Date.parse(now) - Date.parse(askedAt) > dayMs;
}
