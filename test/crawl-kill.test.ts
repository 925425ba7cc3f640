import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text as readText } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import { CrawlRun } from '../pipeline/domain/crawl.ts';
import { buildArticleHtml, buildListHtml, buildRows } from './builders/site-pages.ts';
import { findBuiltProcess } from './harness/built-program.ts';
import { buildSiteChannel } from './harness/crawl-fixture.ts';
import type { CrawlProcessInput } from './harness/crawl-process.ts';
import { describeSetUps } from './harness/describe-set-ups.ts';
import { openPlace } from './harness/places.ts';
import { SiteServer } from './harness/site-server.ts';

const articleCount = 12;

let site: SiteServer;

beforeEach(async () => {
  site = await SiteServer.start({
    '/tzgg.htm': { body: buildListHtml(buildRows(1, 6), 'tzgg/1.htm') },
    '/tzgg/1.htm': { body: buildListHtml(buildRows(7, 12)) },
  });
  for (let number = 1; number <= articleCount; number++) {
    const title = `关于做好第${number}号教室设备检修工作的通知`;
    const body = buildArticleHtml({
      title,
      text: `第${number}号教室于本周六上午检修，期间暂停使用，请提前安排。`,
    });
    site.set(`/info/1031/${number}.htm`, { body });
  }
});
afterEach(() => site.close());

async function crawl(input: CrawlProcessInput): Promise<{ signal: string | null; run: CrawlRun | null }> {
  const process_ = spawn(process.execPath, [findBuiltProcess('crawl-process'), JSON.stringify(input)]);
  const said = readText(process_.stdout);
  const complaint = readText(process_.stderr);
  const [code, signal] = (await once(process_, 'close')) as [number | null, string | null];
  if (signal === null && code !== 0) throw new Error(await complaint);
  return { signal, run: signal === null ? CrawlRun.parse(JSON.parse(await said)) : null };
}

/** From the first writes of a run to the middle of its articles; each process goes on where the last one died. */
const deaths: [number, CrawlProcessInput['when']][] = [
  [4, 'before'],
  [5, 'after'],
  [10, 'after'],
  [12, 'before'],
];

describeSetUps('a crawl', (emptyPlace) => {
  it('killed again and again in the middle, it loses nothing and stores nothing twice', async () => {
    const place = await emptyPlace();
    const channel = buildSiteChannel([site.host], { startUrls: [site.url('/tzgg.htm')] });
    for (const [dieAtWrite, when] of deaths) {
      const { signal } = await crawl({ place, channel, dieAtWrite, when });
      expect(signal, `at write ${dieAtWrite}`).toBe('SIGKILL');
    }
    const { run } = await crawl({ place, channel, dieAtWrite: null, when: 'before' });
    expect(run).toMatchObject({ state: 'finished', failed: 0, unknown: 0, note: null });

    const { stores, blobs, close } = await openPlace(place, systemClock);
    try {
      expect(await stores.posts.countStates()).toEqual({ pending: articleCount, judged: 0, failed: 0 });
      const due = await stores.posts.listDue(systemClock.now(), 100);
      expect(new Set(due).size).toBe(articleCount);
      for (const id of due) {
        expect(await stores.posts.findPost(id)).toMatchObject({ textVersion: 1, marks: [] });
        const text = await stores.posts.findText(id, { accessClasses: ['open'] });
        expect(await blobs.find('own-article', text?.snapshotHash ?? '')).not.toBeNull();
      }
      const pages = await stores.ledger.listPages(channel.id, ['done'], 100);
      expect(pages).toHaveLength(articleCount + 2);
      const states = (await stores.ledger.listRuns(channel.id, 100)).map(({ state }) => state);
      expect(new Set(states.slice(1))).toEqual(new Set(['interrupted']));
    } finally {
      await close();
    }
  }, 120_000);
});
