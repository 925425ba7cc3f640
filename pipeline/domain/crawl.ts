import { z } from 'zod';
import { CredentialStanding } from './credential.ts';
import { Instant } from './time.ts';

/**
 * `home` is a start page: it may lead to lists, and may be one. The others are read after homes and lists: `article` and `status`
 * with their text, `comments` under one of them, `attachment` a file that an article offers.
 */
export const PageRole = z.enum(['home', 'list', 'article', 'status', 'comments', 'attachment']);
export type PageRole = z.infer<typeof PageRole>;

/** In what order the pages of a channel that are due are read: homes, lists, everything else. */
export const roleRanks = [0, 1, 2] as const;
export function rankOfRole(role: PageRole): (typeof roleRanks)[number] {
  return role === 'home' ? 0 : role === 'list' ? 1 : 2;
}

/** Few values, so that what is due is found by one look for each. */
const highestPriority = 9;
export const PagePriority = z.int().min(0).max(highestPriority);
export const priorities: readonly number[] = Array.from(
  { length: highestPriority + 1 },
  (_, below) => highestPriority - below,
);

const PageState = z.enum(['due', 'done', 'failed', 'gone', 'refused', 'unknown-page']);

/** An error says what happened, never what the page said (R8): longer ones are cut, in UTF-16 code units. */
export const ledgerErrorLength = 300;

/** One address of a channel in the ledger, which is the crawler's frontier and survives it. */
export const LedgerPage = z.object({
  channelId: z.string(),
  /** The address without fragment, session and tracking parts: the key within the channel. */
  url: z.string(),
  role: PageRole,
  state: PageState,
  dueAt: Instant,
  attempts: z.int().nonnegative(),
  fetchedAt: Instant.nullable(),
  status: z.int().nullable(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  contentHash: z.string().nullable(),
  /** The unknown page kept for its keeper, or the last snapshot of an article. */
  snapshotHash: z.string().nullable(),
  error: z.string().nullable(),
  /** Depth of the pager, so that an endless one ends: 0 for a start page. */
  pageNumber: z.int().nonnegative(),
  postId: z.string().nullable(),
  /** Of two pages of one rank that are due, the higher goes first. */
  priority: PagePriority.default(0),
  /** Of a list: the newest date seen on it. */
  newestItemAt: Instant.nullable(),
});
export type LedgerPage = z.infer<typeof LedgerPage>;

const RunState = z.enum(['running', 'finished', 'interrupted', 'stopped']);

/**
 * What became of a run. `partial`: some of what was due was not got. `refused`: the source would not let us in, though not for the
 * credential. `credential`: a person must give a new one. `failed`: nothing was got.
 */
export const RunOutcome = z.enum(['complete', 'partial', 'refused', 'credential', 'failed']);
export type RunOutcome = z.infer<typeof RunOutcome>;

/** 采集运行记录: one run over one channel. */
export const CrawlRun = z.object({
  id: z.string(),
  channelId: z.string(),
  state: RunState,
  startedAt: Instant,
  endedAt: Instant.nullable(),
  fetched: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  parsed: z.int().nonnegative(),
  created: z.int().nonnegative(),
  edited: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  unknown: z.int().nonnegative(),
  gone: z.int().nonnegative(),
  /** Why a run ended early, in one sentence; null when it went through. */
  note: z.string().nullable(),
  /** Items left out because their authors objected (R13). */
  objected: z.int().nonnegative(),
  credential: CredentialStanding,
  /** Null while it runs, and for runs of before this was written down. */
  outcome: RunOutcome.nullable(),
  /** Whether all lists were read back to what is known; null while nobody can say. */
  reachedBack: z.boolean().nullable(),
  /** Who must do what before the next run can do better; null when nobody must. */
  nextStep: z.string().nullable(),
  /** The newest date seen on a list. */
  newestItemAt: Instant.nullable(),
  /** Until then the source asked to be left alone; null when it did not. */
  retryAt: Instant.nullable(),
});
export type CrawlRun = z.infer<typeof CrawlRun>;
