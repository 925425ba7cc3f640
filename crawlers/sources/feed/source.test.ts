import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeWindows } from '../../../pipeline/commands/close-windows.ts';
import { FeedChannel } from '../../../pipeline/domain/channel.ts';
import { buildRun } from '../../../test/builders/crawl.ts';
import { CrawlFixture } from '../../../test/harness/crawl-fixture.ts';
import { SiteServer } from '../../../test/harness/site-server.ts';
import { feedAddress, feedSource } from './source.ts';

const hourMs = 3_600_000;
let site: SiteServer;
let fixture: CrawlFixture;
let channel: FeedChannel;

/** Entries `from` to `to`, each an hour after the one before; number 100 is of this moment. */
function feedOf(from: number, to: number): string {
  const entries = [];
  for (let number = to; number >= from; number -= 1) {
    const at = new Date(Date.parse('2026-11-22T03:00:00.000Z') + (number - 100) * hourMs).toUTCString();
    entries.push(
      `<item><title>第${number}号通知</title><guid isPermaLink="false">n-${number}</guid><pubDate>${at}</pubDate><description>请各单位阅知，第${number}号。</description></item>`,
    );
  }
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>通知</title><link>/</link><description>d</description>${entries.join('')}</channel></rss>`;
}

beforeEach(async () => {
  fixture = await CrawlFixture.open({ limits: { headersMs: 300, totalMs: 600 } });
  site = await SiteServer.start({ '/rss.xml': { body: feedOf(91, 100) } });
  channel = FeedChannel.parse({
    kind: 'feed',
    id: 'notices',
    name: '通知公告',
    unit: 'office',
    state: 'live',
    feed: { from: 'own', url: site.url('/rss.xml') },
    privateAddress: true,
    requestsPerMinute: 6000,
  });
});
afterEach(async () => {
  await site.close();
  await fixture.close();
});

describe('a channel of a feed', () => {
  it('stores its entries once', async () => {
    const first = await fixture.run(channel);
    expect(first).toMatchObject({
      created: 10,
      failed: 0,
      outcome: 'complete',
      reachedBack: true,
      note: null,
    });
    fixture.clock.advance(2 * hourMs);
    site.set('/rss.xml', { body: feedOf(93, 102) });
    const second = await fixture.run(channel);
    expect(second).toMatchObject({ created: 2, unchanged: 8, outcome: 'complete' });
  });

  it('asks with validators', async () => {
    site.set('/rss.xml', ({ headers }) =>
      headers['if-none-match'] === '"a"'
        ? { status: 304 }
        : { body: feedOf(91, 100), headers: { etag: '"a"' } },
    );
    await fixture.run(channel);
    fixture.clock.advance(2 * hourMs);
    const run = await fixture.run(channel);
    expect(run).toMatchObject({ unchanged: 1, created: 0, outcome: 'complete', reachedBack: true });
  });

  it('says so when more has come than it shows', async () => {
    await fixture.run(channel);
    fixture.clock.advance(40 * hourMs);
    site.set('/rss.xml', { body: feedOf(131, 140) });
    const lost = await fixture.run(channel);
    expect(lost).toMatchObject({ created: 10, outcome: 'partial', reachedBack: false });
    fixture.clock.advance(hourMs);
    site.set('/rss.xml', { body: feedOf(132, 141) });
    const next = await fixture.run(channel);
    expect(next).toMatchObject({ created: 1, outcome: 'complete', reachedBack: true });
  });

  it('says so though an old entry is pinned above the newest', async () => {
    await fixture.run(channel);
    fixture.clock.advance(40 * hourMs);
    const pinned = /<item>.*?<\/item>/s.exec(feedOf(1, 1))?.[0] ?? '';
    site.set('/rss.xml', { body: feedOf(131, 140).replace('<item>', `${pinned}<item>`) });
    expect(await fixture.run(channel)).toMatchObject({ created: 11, outcome: 'partial', reachedBack: false });
  });

  it('says so after weeks without an answer, by the gap that they left', async () => {
    await fixture.run(channel);
    const { ledger } = fixture.stores;
    for (let failing = 0; failing < 51; failing += 1) {
      fixture.clock.advance(6 * hourMs);
      const startedAt = fixture.clock.now();
      const ended = { state: 'finished', startedAt, endedAt: startedAt, outcome: 'failed' } as const;
      await ledger.startRun(buildRun({ id: `failing-${failing}`, channelId: channel.id, ...ended }));
    }
    const change = { expectedVersion: 0, actorId: null, source: 'test', at: fixture.clock.now(), id: 'c1' };
    await fixture.stores.settings.save('channels', [channel], change);
    await closeWindows({ stores: fixture.stores, clock: fixture.clock });
    site.set('/rss.xml', { body: feedOf(391, 400) });
    expect(await fixture.run(channel)).toMatchObject({ created: 10, outcome: 'partial', reachedBack: false });
  });

  it.each([
    ['a web page', { body: '<!DOCTYPE html><html><body>维护中</body></html>' }, { unknown: 1 }],
    ['nothing at all', { body: '' }, { unknown: 1 }],
    ['an error of the server', { status: 503, body: '<html>error</html>' }, { failed: 1 }],
    ['not there', { status: 404, body: 'x' }, { failed: 1 }],
  ])('is not quiet when the answer is %s', async (_, answer, counts) => {
    site.set('/rss.xml', answer);
    const run = await fixture.run(channel);
    expect(run).toMatchObject({ ...counts, outcome: 'failed', reachedBack: false, created: 0 });
    expect(run.note).toContain('rss.xml');
  });
});

describe('what a feed channel may ask for', () => {
  it('is its one address', () => {
    const { host } = new URL(site.url('/'));
    expect(feedSource.buildAllowance(channel).hosts).toEqual([{ host, paths: ['/rss.xml'] }]);
  });

  it('at an RSSHub is the route of its own account', () => {
    const made = FeedChannel.parse({
      ...channel,
      feed: {
        from: 'rsshub',
        instance: 'https://rsshub.example/',
        route: '/weibo/user/:id',
        accountId: '1234567890',
      },
    });
    expect(feedAddress(made)).toBe('https://rsshub.example/weibo/user/1234567890');
    const climbing = {
      from: 'rsshub',
      instance: 'https://r.example',
      route: '/weibo/user/:id',
      accountId: '1/../../x',
    };
    expect(FeedChannel.safeParse({ ...channel, feed: climbing }).success).toBe(false);
    const search = { ...climbing, route: '/weibo/keyword/:id', accountId: '1' };
    expect(FeedChannel.safeParse({ ...channel, feed: search }).success).toBe(false);
  });
});
