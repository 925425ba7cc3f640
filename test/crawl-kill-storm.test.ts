import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import type { SiteChannel } from '../pipeline/domain/channel.ts';
import { CrawlRun } from '../pipeline/domain/crawl.ts';
import { buildArticleHtml, buildListHtml, buildRows } from './builders/site-pages.ts';
import { findBuiltProcess } from './harness/built-program.ts';
import { buildSiteChannel } from './harness/crawl-fixture.ts';
import { describeSetUps } from './harness/describe-set-ups.ts';
import { openPlace, type Place } from './harness/places.ts';
import { SeededChance } from './harness/seeded-chance.ts';
import { seedsToTry } from './harness/seeds-to-try.ts';
import { SiteServer } from './harness/site-server.ts';

const rowsOfPage = 100;

let site: SiteServer;

/** As many articles as wanted, each with its own text, behind a pager of a hundred rows a page. */
function answer(articles: number, path: string) {
  const article = /^\/info\/1031\/(\d+)\.htm$/.exec(path)?.[1];
  if (article !== undefined) {
    const title = `关于做好第${article}号教室设备检修工作的通知`;
    const text = `第${article}号教室于本周六上午检修，期间暂停使用，请提前安排。`;
    return { body: buildArticleHtml({ title, text }) };
  }
  const page = Number(/^\/tzgg(?:\/(\d+))?\.htm$/.exec(path)?.[1] ?? 0);
  if (!path.startsWith('/tzgg')) return { status: 404 };
  const last = Math.min(articles, (page + 1) * rowsOfPage);
  const next = last < articles ? `/tzgg/${page + 1}.htm` : null;
  return { body: buildListHtml(buildRows(page * rowsOfPage + 1, last), next) };
}

function startChild(place: Place, channel: SiteChannel): ChildProcess {
  return spawn(
    process.execPath,
    [findBuiltProcess('crawl-storm-process'), JSON.stringify({ place, channel })],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
}

/** Lets it go until it has read so many pages, then ends it from outside, wherever it is. @returns its run, if it came to its end */
async function crawlUntil(process_: ChildProcess, pages: number | null): Promise<CrawlRun | null> {
  const ended = once(process_, 'close');
  let said = '';
  process_.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
    if (pages !== null && said.length >= pages) process_.kill('SIGKILL');
  });
  process_.stdin?.write('go\n');
  const [code] = (await ended) as [number | null];
  if (code !== null && code !== 0) throw new Error(`the crawl ended with ${code}`);
  return code === 0 ? CrawlRun.parse(JSON.parse(said.replace(/^\.*/, ''))) : null;
}

interface Storm {
  seed: number;
  articles: number;
  kills: number;
}

/** Killed at random moments, and begun again each time; the last one may come to its end. */
async function crawlThrough(place: Place, channel: SiteChannel, { seed, articles, kills }: Storm) {
  const chance = new SeededChance(seed);
  const most = Math.floor((articles / kills) * 1.8);
  let next = startChild(place, channel);
  let killed = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const current = next;
    next = startChild(place, channel);
    const run = await crawlUntil(current, chance.between(1, most));
    if (run === null) killed += 1;
  }
  return { killed, run: await crawlUntil(next, null) };
}

/** None lost: every article is there with its text and snapshot. None doubled: no second row, version or snapshot. */
async function expectAll(place: Place, channelId: string, articles: number) {
  const { stores, blobs, close } = await openPlace(place, systemClock);
  try {
    expect(await stores.posts.countStates()).toEqual({ pending: articles, judged: 0, failed: 0 });
    const snapshots = new Set<string>();
    for (const id of await stores.posts.listDue(systemClock.now(), articles * 2)) {
      const text = await stores.posts.findText(id, { accessClasses: ['open'] });
      expect(text).toMatchObject({ textVersion: 1, text: expect.stringContaining('上午检修') });
      snapshots.add(text?.snapshotHash ?? '');
    }
    expect(snapshots.size).toBe(articles);
    expect(new Set(await blobs.list('own-article'))).toEqual(snapshots);
    const pages = await stores.ledger.listPages(channelId, ['done'], articles * 2);
    expect(pages).toHaveLength(articles + Math.ceil(articles / rowsOfPage));
  } finally {
    await close();
  }
}

const seeds = seedsToTry({ all: 20, usual: 1 });
/** All twenty seeds take 5,000 articles each, many minutes; the one of every run fewer. */
const articles = seeds === 1 ? 300 : 5000;
const kills = seeds === 1 ? 3 : 10;
const mostMs = seeds === 1 ? 120_000 : 3_600_000;
const storms: Storm[] = Array.from({ length: seeds }, (_, index) => ({ seed: index + 1, articles, kills }));

beforeAll(async () => {
  site = await SiteServer.start({ '*': ({ path }) => answer(articles, path) });
});
afterAll(() => site.close());

describeSetUps('a crawl in a storm of kills', (emptyPlace) => {
  it.each(storms)(
    'loses no item and doubles none: seed $seed, $articles articles, $kills kills',
    async (storm) => {
      const place = await emptyPlace();
      const told = buildSiteChannel([site.host], { startUrls: [site.url('/tzgg.htm')], maxListPages: 100 });
      const channel = { ...told, requestsPerMinute: 6_000_000 };
      const { killed, run } = await crawlThrough(place, channel, storm);
      expect(killed).toBeGreaterThanOrEqual(storm.kills / 2);
      expect(run).toMatchObject({
        state: 'finished',
        outcome: 'complete',
        failed: 0,
        unknown: 0,
        note: null,
      });
      await expectAll(place, channel.id, storm.articles);
    },
    mostMs,
  );
});
