import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CrawlDeps } from '../../crawlers/crawl.ts';
import { type EgressOptions, openEgress } from '../../crawlers/fetch/egress.ts';
import { type CrawlOptions, runCrawl } from '../../crawlers/run-crawl.ts';
import { FileBlobStore } from '../../pipeline/adapters/files/blob-store.ts';
import { MemoryQueue } from '../../pipeline/adapters/memory-queue.ts';
import { openStores } from '../../pipeline/adapters/open-stores.ts';
import { type Channel, type CrawledChannel, SiteChannel } from '../../pipeline/domain/channel.ts';
import type { CrawlRun, LedgerPage } from '../../pipeline/domain/crawl.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import { FakeClock } from './fake-clock.ts';

const everyClass = ['open', 'victim', 'safety'] as const;

/** A crawled channel on the loopback address. */
export function buildSiteChannel(
  hosts: readonly string[],
  change: Partial<SiteChannel> & Pick<SiteChannel, 'startUrls'>,
): SiteChannel {
  return SiteChannel.parse({
    kind: 'site',
    id: 'main-site',
    name: '学校主站',
    unit: 'publicity',
    state: 'live',
    allow: hosts.map((host) => ({ host, paths: ['/'] })),
    privateAddress: true,
    requestsPerMinute: 6000,
    ...change,
  } satisfies Partial<Channel>);
}

/** The real stores in a folder of their own, the real egress, and a clock that stands still. */
export class CrawlFixture {
  readonly dataDir: string;
  readonly clock = new FakeClock('2026-11-22T04:00:00.000Z');
  readonly queue = new MemoryQueue();
  readonly stores: Stores;
  readonly deps: CrawlDeps;

  private constructor(
    dataDir: string,
    stores: Stores,
    blobs: FileBlobStore,
    options: Partial<EgressOptions>,
  ) {
    this.dataDir = dataDir;
    this.stores = stores;
    const { queue, clock } = this;
    this.deps = { stores, blobs, queue, clock, egress: openEgress({ clock, ...options }) };
  }

  static async open(options: Partial<EgressOptions> = {}): Promise<CrawlFixture> {
    const dataDir = mkdtempSync(join(tmpdir(), 'guanlan-crawl-'));
    const stores = openStores(dataDir, new FakeClock('2026-11-22T04:00:00.000Z', 1));
    return new CrawlFixture(dataDir, stores, await FileBlobStore.open(join(dataDir, 'blobs')), options);
  }

  run(channel: CrawledChannel, options?: CrawlOptions): Promise<CrawlRun> {
    return runCrawl(this.deps, channel, options);
  }

  async page(channel: CrawledChannel, url: string): Promise<LedgerPage> {
    const page = await this.stores.ledger.findPage(channel.id, url);
    if (page === null) throw new Error(`the ledger does not know ${url}`);
    return page;
  }

  /** Every post with its newest text, by address. */
  async articles(channel: CrawledChannel) {
    const pages = await this.stores.ledger.listPages(
      channel.id,
      ['done', 'due', 'failed', 'gone', 'unknown-page'],
      10_000,
    );
    const ids = new Set(pages.flatMap(({ postId }) => (postId === null ? [] : [postId])));
    const found = [];
    for (const id of ids) {
      const post = await this.stores.posts.findPost(id);
      const text = await this.stores.posts.findText(id, { accessClasses: everyClass });
      if (post !== null && text !== null) found.push({ post, text });
    }
    return found;
  }

  async close(): Promise<void> {
    await this.deps.egress.close();
    await this.queue.close();
    await this.stores.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
