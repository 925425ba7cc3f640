import { once } from 'node:events';
import type { CrawlDeps } from '../../crawlers/crawl.ts';
import { openEgress } from '../../crawlers/fetch/egress.ts';
import { runCrawl } from '../../crawlers/run-crawl.ts';
import { MemoryQueue } from '../../pipeline/adapters/memory-queue.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import type { SiteChannel } from '../../pipeline/domain/channel.ts';
import { openPlace, type Place } from './places.ts';

/** Is ready first, so that one can be loaded while another still lives; says a dot for every page, and at last its run. */
const { place, channel } = JSON.parse(process.argv[2] ?? '') as { place: Place; channel: SiteChannel };
await once(process.stdin, 'data');
const { stores, blobs, close } = await openPlace(place, systemClock);
const deps: CrawlDeps = {
  ...{ stores, blobs, queue: new MemoryQueue(), clock: systemClock },
  egress: openEgress({ clock: systemClock }),
};
const run = await runCrawl(deps, channel, { onPage: () => void process.stdout.write('.') });
process.stdout.write(JSON.stringify(run));
await deps.egress.close();
await close();
process.exit(0);
