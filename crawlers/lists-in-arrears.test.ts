import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildArticleHtml, buildListHtml, buildRows } from '../test/builders/site-pages.ts';
import { buildSiteChannel, CrawlFixture } from '../test/harness/crawl-fixture.ts';
import { SiteServer } from '../test/harness/site-server.ts';

const minuteMs = 60_000;
let site: SiteServer;
let other: SiteServer;
let fixture: CrawlFixture;

beforeEach(async () => {
  fixture = await CrawlFixture.open({ limits: { headersMs: 300, totalMs: 600 } });
  const article = buildArticleHtml({ title: '关于教室检修的通知', text: '本周六上午检修，请提前安排。' });
  const pages = { '/tzgg.htm': { body: buildListHtml(buildRows(1, 3)) }, '*': { body: article } };
  const robots = { '/robots.txt': { status: 404 } };
  site = await SiteServer.start({ ...pages, ...robots });
  other = await SiteServer.start({ ...pages, ...robots });
});
afterEach(async () => {
  await site.close();
  await other.close();
  await fixture.close();
});

const bothSites = () =>
  buildSiteChannel([site.host, other.host], { startUrls: [site.url('/tzgg.htm'), other.url('/tzgg.htm')] });

describe('a list that was not read', () => {
  it('because its host asks for time is a hole in the run, though the other host is read', async () => {
    expect(await fixture.run(bothSites())).toMatchObject({ outcome: 'complete', reachedBack: true });
    fixture.clock.advance(60 * minuteMs);
    other.set('/tzgg.htm', { status: 503, headers: { 'retry-after': '600' } });
    expect(await fixture.run(bothSites())).toMatchObject({ outcome: 'partial', reachedBack: false });
  });

  it('because it waits for its next try is a hole in every run until then', async () => {
    const entrance = `${buildListHtml(buildRows(1, 3)).replace('<div class="list">', `<div class="nav"><ul><li><a href="/xyxw.htm">学院新闻</a></li></ul></div><div class="list">`)}`;
    site.set('/index.htm', { body: entrance });
    site.set('/xyxw.htm', { status: 500 });
    const channel = buildSiteChannel([site.host], { startUrls: [site.url('/index.htm')] });
    const outcomes = [];
    for (let run = 0; run < 6; run += 1) {
      outcomes.push((await fixture.run(channel)).reachedBack);
      fixture.clock.advance(30 * minuteMs);
    }
    expect(site.count('/xyxw.htm')).toBeLessThan(6);
    expect(outcomes).toEqual([false, false, false, false, false, false]);
    site.set('/xyxw.htm', { body: buildListHtml(buildRows(1, 3)) });
    fixture.clock.advance(24 * 60 * minuteMs);
    expect(await fixture.run(channel)).toMatchObject({ reachedBack: true, outcome: 'complete' });
  });
});
