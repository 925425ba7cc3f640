import { z } from 'zod';
import { Instant } from './time.ts';

/** `home` is a start page: it may lead to lists, and may be one. */
export const PageRole = z.enum(['home', 'list', 'article']);
export type PageRole = z.infer<typeof PageRole>;

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
});
export type LedgerPage = z.infer<typeof LedgerPage>;

const RunState = z.enum(['running', 'finished', 'interrupted', 'stopped']);

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
});
export type CrawlRun = z.infer<typeof CrawlRun>;
