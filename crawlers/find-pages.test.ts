import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CrawlFixture } from '../test/harness/crawl-fixture.ts';
import type { Crawl } from './crawl.ts';
import { findPages } from './find-pages.ts';
import type { FoundPage } from './source.ts';

let fixture: CrawlFixture;
const startedAt = '2026-11-22T04:00:00.000Z';
const later = '2026-12-22T04:00:00.000Z';
const url = 'https://platform.example/1';
const page: FoundPage = { url, role: 'comments', pageNumber: 0 };

beforeEach(async () => {
  fixture = await CrawlFixture.open();
});
afterEach(() => fixture.close());

/** Of a crawl, as much as finding pages asks for. */
function find(...found: FoundPage[]): Promise<void> {
  const crawl = { deps: fixture.deps, channel: { id: 'account' }, run: { startedAt } };
  return findPages(crawl as unknown as Crawl, found);
}
const known = () => fixture.stores.ledger.findPage('account', url);
const settle = async (change: object) => {
  const found = await known();
  if (found === null) throw new Error('not in the ledger');
  const { channelId: _, url: __, role: ___, pageNumber: ____, ...rest } = found;
  await fixture.stores.ledger.settle('account', url, { ...rest, ...change });
};

describe('pages that a reading found', () => {
  it('are due at once, or when they are said to be first due', async () => {
    const other = 'https://platform.example/2';
    await find(page, { ...page, url: other, firstDueAt: later });
    expect((await known())?.dueAt).toBe(startedAt);
    expect((await fixture.stores.ledger.findPage('account', other))?.dueAt).toBe(later);
  });

  it('take over the priority, which alone wakes nobody', async () => {
    await find({ ...page, priority: 2 });
    await settle({ state: 'done', dueAt: later });
    await find({ ...page, priority: 7 });
    expect(await known()).toMatchObject({ priority: 7, dueAt: later });
  });

  it('are woken when they were read before, or never tried', async () => {
    await find({ ...page, firstDueAt: later });
    await find({ ...page, wake: true });
    expect((await known())?.dueAt).toBe(startedAt);
    await settle({ state: 'done', fetchedAt: '2026-11-21T00:00:00.000Z', dueAt: later });
    await find({ ...page, wake: true });
    expect((await known())?.dueAt).toBe(startedAt);
  });

  it('keep their own time when this run has been there, or when they failed', async () => {
    await find(page);
    await settle({ state: 'done', fetchedAt: startedAt, dueAt: later });
    await find({ ...page, wake: true });
    expect((await known())?.dueAt).toBe(later);
    await settle({
      state: 'due',
      fetchedAt: '2026-11-21T00:00:00.000Z',
      attempts: 2,
      error: 'x',
      dueAt: later,
    });
    await find({ ...page, wake: true });
    expect((await known())?.dueAt).toBe(later);
  });
});
