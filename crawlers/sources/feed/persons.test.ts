import { expect, it } from 'vitest';
import { FeedChannel } from '../../../pipeline/domain/channel.ts';
import { CrawlFixture } from '../../../test/harness/crawl-fixture.ts';
import { findInRawFiles } from '../../../test/harness/raw-bytes.ts';
import { SiteServer } from '../../../test/harness/site-server.ts';

/** As a route of an RSSHub gives one status: with its writer, mentions as links, and somebody's page as written. */
const feed = `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>动态</title>
<link>/</link><description>d</description><item><title>停水通知</title><guid isPermaLink="false">n-1</guid>
<author>CANARY-WRITER@canglan.example (CANARY-WRITER)</author><dc:creator>CANARY-CREATOR</dc:creator>
<pubDate>Sun, 22 Nov 2026 03:00:00 GMT</pubDate><description><![CDATA[<p>今晚停水，详见<a href="/1.htm">公示</a>。转发
<a href="https://weibo.com/n/CANARY-MENTIONED">@CANARY-MENTIONED</a> 与 https://weibo.com/u/1618051664 的提醒，
<a href="https://m.weibo.cn/u/1618051665">主页</a></p>]]></description></item></channel></rss>`;

it('a feed of one entry leaves no trace of who wrote it or is mentioned, links and snapshots included (R2, R3)', async () => {
  const fixture = await CrawlFixture.open();
  const site = await SiteServer.start({ '/rss.xml': { body: feed } });
  try {
    const channel = FeedChannel.parse({
      ...{ kind: 'feed', id: 'notices', name: '通知公告', unit: 'office', state: 'live' },
      ...{ feed: { from: 'own', url: site.url('/rss.xml') }, privateAddress: true, requestsPerMinute: 6000 },
    });
    expect(await fixture.run(channel)).toMatchObject({ created: 1, outcome: 'complete' });
    const found = ['CANARY-WRITER', 'CANARY-CREATOR', 'CANARY-MENTIONED', '1618051664', '1618051665'].filter(
      (value) => findInRawFiles(fixture.dataDir, value).length > 0,
    );
    expect(found).toEqual([]);
    expect(findInRawFiles(fixture.dataDir, '今晚停水').length).toBeGreaterThan(0);
    expect(findInRawFiles(fixture.dataDir, site.url('/1.htm')).length).toBeGreaterThan(0);
  } finally {
    await site.close();
    await fixture.close();
  }
});
