import type { CrawlRun } from '../../pipeline/domain/crawl.ts';
import type { PageOutcome } from '../../pipeline/ports/ledger-store.ts';

/** A run that has just begun, of the channel `main-site`. */
export function buildRun(overrides: Partial<CrawlRun> & Pick<CrawlRun, 'id'>): CrawlRun {
  return {
    channelId: 'main-site',
    state: 'running',
    startedAt: '2026-11-22T00:00:00.000Z',
    endedAt: null,
    fetched: 0,
    unchanged: 0,
    parsed: 0,
    created: 0,
    edited: 0,
    failed: 0,
    refused: 0,
    unknown: 0,
    gone: 0,
    note: null,
    objected: 0,
    credential: 'none-needed',
    outcome: null,
    reachedBack: null,
    nextStep: null,
    newestItemAt: null,
    retryAt: null,
    ...overrides,
  };
}

/** A page that was fetched for the first time and read. */
export function buildOutcome(overrides: Partial<PageOutcome> = {}): PageOutcome {
  return {
    state: 'done',
    dueAt: '2026-11-23T00:00:00.000Z',
    attempts: 0,
    fetchedAt: '2026-11-22T00:00:00.000Z',
    status: 200,
    etag: null,
    lastModified: null,
    contentHash: null,
    snapshotHash: null,
    error: null,
    postId: null,
    priority: 0,
    newestItemAt: null,
    ...overrides,
  };
}
