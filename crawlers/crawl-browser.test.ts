import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildSiteChannel, CrawlFixture } from '../test/harness/crawl-fixture.ts';
import { SiteServer } from '../test/harness/site-server.ts';
import { openBrowserEgress } from './fetch/browser-egress.ts';
import { findBrowser } from './fetch/browser-program.ts';
import { articleData, articleShell, listData, listShell } from './fetch/fixtures/script-built-pages.ts';
import { runCrawl } from './run-crawl.ts';

const browser = { named: null, path: process.env.PATH ?? '' };
const isThere = (await findBrowser(browser)) !== null;

describe.skipIf(!isThere)('a site whose pages are built by scripts', { timeout: 30_000 }, () => {
  let site: SiteServer;
  let fixture: CrawlFixture;
  const json = { 'content-type': 'application/json' };

  beforeEach(async () => {
    site = await SiteServer.start({
      '/list.htm': { body: listShell, headers: { etag: '"shell"' } },
      '/api/list?page=1': { body: listData, headers: json },
      '/info/7.htm': { body: articleShell, headers: { etag: '"shell"' } },
      '/api/article': { body: articleData, headers: json },
    });
    fixture = await CrawlFixture.open();
  });
  afterEach(async () => {
    await fixture.close();
    await site.close();
  });

  it('is crawled like any other, and a shell that stays the same hides no news', async () => {
    const egress = openBrowserEgress(fixture.deps.egress, { browser, page: { quietMs: 100 } });
    const deps = { ...fixture.deps, egress };
    const channel = buildSiteChannel([site.host], {
      startUrls: [site.url('/list.htm')],
      fetchedBy: 'browser',
      maxListPages: 1,
    });
    const first = await runCrawl(deps, channel);
    expect(first.created).toBe(1);
    const [article] = await fixture.articles(channel);
    expect(article?.text.title).toBe('关于学生食堂二楼暂停供餐的通知');
    expect(article?.text.text).toContain('请同学们到一楼用餐');
    const rows = JSON.parse(listData).rows.concat({
      id: 8,
      title: '关于举办校园开放日的公告',
      date: '2026-03-05',
    });
    site.set('/api/list?page=1', { body: JSON.stringify({ rows, next: '' }), headers: json });
    site.set('/info/8.htm', { body: articleShell.replace('"id":7', '"id":8') });
    fixture.clock.advance(2 * 3_600_000);
    expect((await runCrawl(deps, channel)).created).toBe(1);
    await egress.close();
  });
});
