import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { median } from './measure.ts';

const rounds = 3;
const articlesForPace = 1500;
const articlesForMemory = 20_000;
const Measured = z.object({
  pages: z.number(),
  seconds: z.number(),
  resident: z.array(z.number()),
});
type Measured = z.infer<typeof Measured>;

function start(script: string, ...args: string[]): ChildProcess {
  const file = join(import.meta.dirname, script);
  return spawn(process.execPath, ['--import', 'tsx', file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the process has no pipe');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the process ended without an answer');
}

/** A site in one process, who crawls it in another. */
async function crawl(lane: 'bare' | 'guanlan', articles: number): Promise<Measured> {
  const site = start('crawl-site.ts', String(articles));
  const ended = once(site, 'exit');
  try {
    const crawler = start('crawl-lane.ts', lane, await firstLine(site));
    return Measured.parse(JSON.parse(await firstLine(crawler)));
  } finally {
    site.stdin?.end();
    await ended;
  }
}

const pace = ({ pages, seconds }: Measured) => pages / seconds;

/**
 * Pages per second with ledger, snapshots and posts, as a share of a bare Crawlee crawl of the same site that keeps nothing; and how
 * memory grows over 20,000 pages, from the first quarter to the last.
 */
export async function* benchCrawl(): AsyncGenerator<object> {
  const ratios: number[] = [];
  const paces = { bare: [] as number[], guanlan: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const bare = pace(await crawl('bare', articlesForPace));
    const guanlan = pace(await crawl('guanlan', articlesForPace));
    paces.bare.push(bare);
    paces.guanlan.push(guanlan);
    ratios.push(guanlan / bare);
  }
  const round1 = (values: number[]) => Math.round(median(values));
  yield {
    bench: 'crawl',
    what: 'pages per second / a bare Crawlee crawl that keeps nothing',
    ratio: Number(median(ratios).toFixed(2)),
    pagesPerSecond: round1(paces.guanlan),
    bare: round1(paces.bare),
  };
  const { resident, pages } = await crawl('guanlan', articlesForMemory);
  const quarter = Math.max(1, Math.floor(resident.length / 4));
  const early = median(resident.slice(0, quarter));
  const late = median(resident.slice(-quarter));
  yield {
    bench: 'crawl-memory',
    what: `resident MB over ${pages} pages: the last quarter / the first`,
    ratio: Number((late / early).toFixed(2)),
    resident,
  };
}
