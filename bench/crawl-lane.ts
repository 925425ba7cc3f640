import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCrawler } from '../crawlers/main.ts';
import { FileBlobStore } from '../pipeline/adapters/files/blob-store.ts';
import { MemoryQueue } from '../pipeline/adapters/memory-queue.ts';
import { openStores } from '../pipeline/adapters/open-stores.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import { SiteChannel } from '../pipeline/domain/channel.ts';

/** Crawls one site once, as a process of its own: `crawl-lane.ts bare|guanlan ADDRESS`. A JSON line at the end. */
const [, , lane = 'guanlan', address = ''] = process.argv;
const residentMb = () => Math.round(process.memoryUsage.rss() / 1_000_000);
const resident: number[] = [];
let pages = 0;
const countPage = () => {
  pages += 1;
  if (pages % 2000 === 0) resident.push(residentMb());
};

async function timed(work: () => Promise<unknown>) {
  const before = performance.now();
  const cpuBefore = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  return { seconds: (performance.now() - before) / 1000, cpuSeconds: (user + system) / 1_000_000 };
}

/** Fetched, parsed, links followed; nothing kept. */
async function crawlBare() {
  const { CheerioCrawler, Configuration, Log, LogLevel } = await import('crawlee');
  const crawler = new CheerioCrawler(
    {
      minConcurrency: 8,
      maxConcurrency: 8,
      log: new Log({ level: LogLevel.OFF }),
      requestHandler: async ({ $, enqueueLinks }) => {
        if ($('title').text() === '') throw new Error('a page without a title');
        await enqueueLinks({ strategy: 'same-domain' });
        countPage();
      },
    },
    new Configuration({ persistStorage: false, purgeOnStart: false }),
  );
  return timed(() => crawler.run([`${address}/tzgg.htm`]));
}

async function crawlWithLedger() {
  const dataDir = mkdtempSync(join(tmpdir(), 'guanlan-bench-crawl-'));
  const stores = openStores(dataDir, systemClock);
  const blobs = await FileBlobStore.open(join(dataDir, 'blobs'));
  const crawler = openCrawler({
    ...{ stores, blobs, queue: new MemoryQueue(), clock: systemClock },
    config: { setUp: 'embedded', outward: { chromium: null, sandbox: true, path: '' } },
  });
  const channel = SiteChannel.parse({
    ...{ kind: 'site', id: 'bench', name: '测速', unit: 'publicity', state: 'live', privateAddress: true },
    ...{ startUrls: [`${address}/tzgg.htm`], allow: [{ host: new URL(address).host }], maxListPages: 500 },
  });
  // Faster than an office may set it: what is measured is the crawler, not its politeness.
  const unhurried = { ...channel, requestsPerMinute: 6_000_000, maxListPages: 100_000 };
  try {
    return await timed(async () => {
      const run = await crawler.run(unhurried, { onPage: countPage });
      if (run.failed > 0 || run.unknown > 0) throw new Error(`${run.failed + run.unknown} pages went wrong`);
    });
  } finally {
    await crawler.close();
    await stores.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

// Loaded before either is timed: it takes a second, and a service does it once.
await import('crawlee');
const { seconds, cpuSeconds } = await (lane === 'bare' ? crawlBare() : crawlWithLedger());
process.stdout.write(`${JSON.stringify({ pages, seconds, cpuSeconds, resident, peakMb: residentMb() })}\n`);
process.exit(0);
