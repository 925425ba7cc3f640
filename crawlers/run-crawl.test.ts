import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SiteChannel } from '../pipeline/domain/channel.ts';
import { buildArticleHtml, buildListHtml, buildRows } from '../test/builders/site-pages.ts';
import { buildSiteChannel, CrawlFixture } from '../test/harness/crawl-fixture.ts';
import { SiteServer } from '../test/harness/site-server.ts';
import { findSnapshot } from './snapshot.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const text =
  '各单位：本周六上午对教学楼设备进行检修，请提前保存好资料，检修期间教室暂停使用。\n联系人见值班表。';
const article = (number: number, body = text) => ({
  body: buildArticleHtml({ title: `关于做好第${number}号教室设备检修工作的通知`, text: body }),
});

let site: SiteServer;
let fixture: CrawlFixture;
let channel: SiteChannel;

beforeEach(async () => {
  fixture = await CrawlFixture.open({ limits: { headersMs: 300, totalMs: 600 } });
  site = await SiteServer.start({ '/tzgg.htm': { body: buildListHtml(buildRows(1, 4)) } });
  for (let number = 1; number <= 12; number++) site.set(`/info/1031/${number}.htm`, article(number));
  channel = buildSiteChannel([site.host], { startUrls: [site.url('/tzgg.htm')] });
});
afterEach(async () => {
  await site.close();
  await fixture.close();
});

const pageOf = (path: string) => fixture.page(channel, site.url(path));

describe('a run', () => {
  it('stores articles with a snapshot of the page as it was read', async () => {
    const run = await fixture.run(channel);
    expect(run).toMatchObject({
      state: 'finished',
      fetched: 5,
      parsed: 5,
      created: 4,
      failed: 0,
      note: null,
    });
    expect(await fixture.stores.ledger.listRuns(channel.id, 5)).toEqual([run]);
    const [one] = await fixture.articles(channel);
    expect(one?.text.text).toBe(text);
    const bytes = await findSnapshot(fixture.deps.blobs, 'own-article', one?.text.snapshotHash ?? '');
    expect(Buffer.from(bytes ?? []).toString()).toContain('v_news_content');
    expect(existsSync('storage')).toBe(false);
  });

  it('knows the newest date of a list, for a column that falls silent', async () => {
    site.set('/tzgg.htm', {
      body: buildListHtml([
        { href: '/info/1031/1.htm', title: '关于做好第1号教室设备检修工作的通知', date: '2026-03-02' },
        { href: '/info/1031/2.htm', title: '关于做好第2号教室设备检修工作的通知', date: '2026-02-20' },
        { href: '/info/1031/3.htm', title: '关于做好第3号教室设备检修工作的通知', date: '2027-01-01' },
      ]),
    });
    const run = await fixture.run(channel);
    expect(run.newestItemAt).toBe('2026-03-01T16:00:00.000Z');
    expect((await pageOf('/tzgg.htm')).newestItemAt).toBe('2026-03-01T16:00:00.000Z');
  });

  it('asks again with validators, and takes "not modified" for what it is', async () => {
    site.set('/info/1031/1.htm', ({ headers }) =>
      headers['if-none-match'] === '"one"' ? { status: 304 } : { ...article(1), headers: { etag: '"one"' } },
    );
    await fixture.run(channel);
    fixture.clock.advance(2 * dayMs);
    const run = await fixture.run(channel);
    expect(run).toMatchObject({ created: 0, edited: 0, unchanged: 4, failed: 0 });
    expect((await pageOf('/info/1031/1.htm')).status).toBe(304);
  });

  it('keeps one snapshot where only the page around the text has changed', async () => {
    await fixture.run(channel);
    site.set('/info/1031/1.htm', { body: article(1).body.replace('</body>', '<i>访问量 7</i></body>') });
    fixture.clock.advance(2 * dayMs);
    await fixture.run(channel);
    expect(await fixture.deps.blobs.list('own-article')).toHaveLength(4);
  });

  it('decodes by evidence where header and page both lie', async () => {
    site.set('/info/1031/1.htm', {
      body: article(1).body.replace('charset="utf-8"', 'charset="gb2312"'),
      headers: { 'content-type': 'text/html; charset=gbk' },
    });
    await fixture.run(channel);
    expect((await fixture.articles(channel)).every((one) => one.text.text === text)).toBe(true);
  });

  it('stops between pages when asked, and the rest stays due', async () => {
    const stop = new AbortController();
    const run = await fixture.run(channel, {
      signal: stop.signal,
      onPage: () => stop.abort(new Error('enough')),
    });
    expect(run).toMatchObject({ state: 'stopped', created: 0 });
    expect(await fixture.run(channel)).toMatchObject({ state: 'finished', created: 4 });
  });

  it('ends with the store’s own error when the disk is full, and loses nothing', async () => {
    const { posts } = fixture.stores;
    let isFull = true;
    const full = {
      ...fixture.deps,
      stores: {
        ...fixture.stores,
        posts: {
          ...posts,
          storePosts: async (...given: Parameters<typeof posts.storePosts>) => {
            if (isFull) throw new Error('database or disk is full');
            return posts.storePosts(...given);
          },
        },
      },
    };
    Object.assign(fixture, { deps: full });
    await expect(fixture.run(channel)).rejects.toThrow('database or disk is full');
    const [broken] = await fixture.stores.ledger.listRuns(channel.id, 1);
    expect(broken).toMatchObject({ state: 'interrupted', note: 'database or disk is full' });
    isFull = false;
    expect(await fixture.run(channel)).toMatchObject({ state: 'finished', created: 4 });
  });
});

describe('lists', () => {
  const second = () => site.set('/tzgg/1.htm', { body: buildListHtml(buildRows(5, 8)) });
  beforeEach(() => {
    site.set('/tzgg.htm', { body: buildListHtml(buildRows(1, 4), 'tzgg/1.htm') });
    second();
  });

  it('are followed by their next page, and later only as far as something is new', async () => {
    expect(await fixture.run(channel)).toMatchObject({ created: 8 });
    fixture.clock.advance(2 * hourMs);
    await fixture.run(channel);
    expect([site.count('/tzgg.htm'), site.count('/tzgg/1.htm')]).toEqual([2, 1]);
    site.set('/tzgg.htm', { body: buildListHtml([...buildRows(9, 9), ...buildRows(1, 3)], 'tzgg/1.htm') });
    fixture.clock.advance(2 * hourMs);
    expect(await fixture.run(channel)).toMatchObject({ created: 1 });
    expect([site.count('/tzgg.htm'), site.count('/tzgg/1.htm')]).toEqual([3, 2]);
  });

  it('are found behind an entrance page that only sends one on', async () => {
    site.set('/', { body: '<html><head><meta http-equiv="refresh" content="0;url=tzgg.htm"></head></html>' });
    expect(await fixture.run({ ...channel, startUrls: [site.url('/')] })).toMatchObject({
      created: 8,
      unknown: 0,
    });
  });

  it('go on where an earlier run broke off', async () => {
    site.set('/tzgg/1.htm', { status: 502 });
    expect(await fixture.run(channel)).toMatchObject({ created: 4, failed: 1 });
    second();
    fixture.clock.advance(hourMs);
    expect(await fixture.run(channel)).toMatchObject({ created: 4 });
  });

  it('end where a pager repeats itself', async () => {
    site.set('*', ({ path }) => {
      const number = Number(/p(\d+)\.htm/.exec(path)?.[1] ?? 0);
      return { body: buildListHtml(buildRows(1, 4), `/p${number + 1}.htm`) };
    });
    site.set('/tzgg.htm', { body: buildListHtml(buildRows(1, 4), '/p1.htm') });
    await fixture.run(channel);
    expect(site.requests.filter(({ path }) => path.startsWith('/p')).length).toBeLessThanOrEqual(2);
  });

  it('end at the channel’s limit where a pager invents ever new rows', async () => {
    site.set('*', ({ path }) => {
      const number = Number(/p(\d+)\.htm/.exec(path)?.[1] ?? 0);
      if (number === 0) return { status: 404 };
      return { body: buildListHtml(buildRows(number * 100, number * 100 + 3), `/p${number + 1}.htm`) };
    });
    site.set('/tzgg.htm', { body: buildListHtml(buildRows(1, 4), '/p1.htm') });
    channel = { ...channel, maxListPages: 6 };
    const run = await fixture.run(channel);
    expect(run.state).toBe('finished');
    expect(site.requests.filter(({ path }) => path.startsWith('/p'))).toHaveLength(5);
  });
});
