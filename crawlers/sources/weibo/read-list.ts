import { PageChanged } from '../../../pipeline/domain/errors.ts';
import { laterBy } from '../../../pipeline/domain/time.ts';
import type { FoundPage, SourceReading } from '../../source.ts';
import { type ParsedItem, toGatheredPost } from '../parsed.ts';
import { queryOf, withParameters } from './addresses.ts';
import type { WeiboAnswer } from './answer.ts';
import { commentPages, statusAddress } from './found-pages.ts';
import { compareIds, instantOfId } from './id-time.ts';
import { knownStatuses, type StatusFacts } from './known-statuses.ts';
import { nextStatusLook } from './plan-calls.ts';
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
    reachedBack: reached,
    unreadable: answer.unreadable,
    newestItemAt: dates.reduce<string | null>((newest, at) => (at > (newest ?? '') ? at : newest), null),
    objected: answer.objected,
    gone: answer.gone.map((externalId) => ({ kind: 'status', externalId })),
  };
}

/** A list that was never empty is not empty now: what lets us in may have run out, and nobody said so. */
function assertNotQuiet(answer: WeiboAnswer, { page, scope }: Reading): void {
  if (answer.items.length + answer.gone.length > 0) return;
  const ids = [...knownStatuses(scope.known ?? []).keys()];
  const from = queryOf(page.url).get('since_id');
  if (page.pageNumber > 0) {
    const hasOlder = from !== null && ids.some((id) => compareIds(id, from) < 0);
    if (hasOlder) throw new PageChanged(page.url, 'the list ends before statuses that are known');
    return;
  }
  const known = ids.length;
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
function pagesOf(item: ParsedItem, reading: Reading): FoundPage[] {
  return [statusPage(item, reading), ...commentPages(item, reading)];
}

/**
 * By itself at once where the list shows but its beginning; else at its own pace, by which what is gone is noticed though lists are
 * read back to what is known only.
 */
function statusPage({ id, traits, publishedAt }: ParsedItem, reading: Reading): FoundPage {
  const { channel, now } = reading.scope;
  const published = instantOfId(id) ?? publishedAt ?? now;
  const page: FoundPage = { url: statusAddress(id, reading), role: 'status', pageNumber: 0 };
  // The Open Platform's list shows the newest hundred, and calls are few.
  if (traits.truncated !== true) {
    const spares = channel.door === 'open-platform';
    return { ...page, firstDueAt: spares ? laterBy(now, 30 * dayMs) : nextStatusLook(published, now) };
  }
  const isYoung = Date.parse(now) - Date.parse(published) < 7 * dayMs;
  return { ...page, priority: 8, wake: traits.edits !== undefined && isYoung };
}

/** Known ones that this page should show between those that it shows: deleted, or hidden. Each is asked for by itself. */
function missingPages(answer: WeiboAnswer, reading: Reading, next: string | null): FoundPage[] {
  const { page, scope } = reading;
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
      url: statusAddress(id, reading),
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
