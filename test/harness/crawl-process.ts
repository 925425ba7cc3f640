import type { CrawlDeps } from '../../crawlers/crawl.ts';
import { openEgress } from '../../crawlers/fetch/egress.ts';
import { runCrawl } from '../../crawlers/run-crawl.ts';
import { MemoryQueue } from '../../pipeline/adapters/memory-queue.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import type { SiteChannel } from '../../pipeline/domain/channel.ts';
import { openPlace, type Place } from './places.ts';

/** What the process is told: what to crawl into which place, and at which of its writes it dies. */
export interface CrawlProcessInput {
  place: Place;
  channel: SiteChannel;
  /** Writes to the ledger, the posts, the blobs and the queue are counted from 1; null lives. */
  dieAtWrite: number | null;
  /** Before the write begins, or when it is done and nothing else is. */
  when: 'before' | 'after';
}

const writes = new Set([
  'discover',
  'settle',
  'startRun',
  'updateRun',
  'storePosts',
  'put',
  'enqueue',
  'closeInterruptedRuns',
]);

/** As `kill -9` from outside, at an exact place: no handler runs, nothing is flushed. */
function dieAt({ dieAtWrite, when }: CrawlProcessInput) {
  let seen = 0;
  return <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (object, name) => {
        const value: unknown = Reflect.get(object, name);
        if (typeof value !== 'function') return value;
        const method = value.bind(object);
        if (!writes.has(String(name))) return method;
        return async (...given: unknown[]) => {
          seen += 1;
          const dies = seen === dieAtWrite;
          if (dies && when === 'before') process.kill(process.pid, 'SIGKILL');
          const result: unknown = await method(...given);
          if (dies) process.kill(process.pid, 'SIGKILL');
          return result;
        };
      },
    });
}

const input = JSON.parse(process.argv[2] ?? '') as CrawlProcessInput;
const mortal = dieAt(input);
const { stores, blobs, close } = await openPlace(input.place, systemClock);
const deps: CrawlDeps = {
  stores: { ...stores, ledger: mortal(stores.ledger), posts: mortal(stores.posts) },
  blobs: mortal(blobs),
  queue: mortal(new MemoryQueue()),
  clock: systemClock,
  egress: openEgress({ clock: systemClock }),
};
process.stdout.write(JSON.stringify(await runCrawl(deps, input.channel)));
await deps.egress.close();
await close();
