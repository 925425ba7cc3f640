import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeWindows } from '../../pipeline/commands/close-windows.ts';
import type { Channel, WeiboChannel } from '../../pipeline/domain/channel.ts';
import type { GapCause } from '../../pipeline/domain/completeness.ts';
import { buildArticleHtml, buildListHtml, buildRows } from '../builders/site-pages.ts';
import { CampusScene } from '../harness/campus-scene.ts';
import { buildSiteChannel, CrawlFixture } from '../harness/crawl-fixture.ts';
import { SiteServer } from '../harness/site-server.ts';
import { canteenPrices } from './content/stories/canteen-prices.ts';
import type { WeiboRefusal } from './weibo-server.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

async function register({ stores, clock }: CrawlFixture, channel: Channel) {
  const expectedVersion = await stores.settings.readVersion();
  const change = { expectedVersion, actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
  await stores.settings.save('channels', [channel], change);
}

describe('the Weibo account, watched', () => {
  let scene: CampusScene;
  let channel: WeiboChannel;
  beforeEach(async () => {
    scene = await CampusScene.open([canteenPrices]);
    channel = await scene.weibo('mobile');
    await register(scene.fixture, channel);
    expect((await scene.crawl(channel)).outcome).toBe('complete');
  });
  afterEach(() => scene.close());

  const open = () => scene.fixture.stores.ledger.listGaps('weibo', 'open', 10);
  const control = () => scene.campus.weibo.control;
  const turnAway = (refusal: WeiboRefusal) => () => control().refuse(refusal);

  it.each<[string, () => void, GapCause]>([
    ['a login that has ended', () => control().expireCookie(), 'credential'],
    ['432', turnAway('432'), 'credential'],
    ['429', turnAway('429'), 'refused'],
    ['an empty 200', turnAway('empty'), 'page-changed'],
    ['HTML for JSON', turnAway('html'), 'credential'],
    ['502', turnAway('server-error'), 'failed'],
  ])(
    '%s is a gap within one window, with a next step, and is filled when it is over',
    async (_name, end, cause) => {
      const { clock } = scene.fixture;
      clock.advance(hourMs + 10 * minuteMs);
      end();
      await scene.crawl(channel);
      clock.advance(50 * minuteMs);
      const { opened } = await closeWindows(scene.fixture);
      const from = '2026-11-22T05:00:00.000Z';
      expect(opened).toMatchObject([
        { cause, from, nextStep: expect.stringMatching(/^(publicity|operator): \w/) },
      ]);

      control().refuse(null);
      if (cause === 'credential') control().renewCookie();
      channel = await scene.weibo('mobile');
      clock.advance(26 * hourMs);
      await closeWindows(scene.fixture);
      expect(await open()).not.toEqual([]);
      const run = await scene.crawl(channel);
      expect(run).toMatchObject({ outcome: 'complete', reachedBack: true });
      await closeWindows(scene.fixture);
      expect(await open()).toEqual([]);
    },
  );

  it('what the source says of when to come back is kept for the schedule', async () => {
    const { clock } = scene.fixture;
    clock.advance(hourMs);
    control().refuse('429');
    const run = await scene.crawl(channel);
    expect(run.outcome).toBe('refused');
    expect(Date.parse(run.retryAt ?? '')).toBeGreaterThan(Date.parse(clock.now()));
  });
});

describe('a site, watched', () => {
  let fixture: CrawlFixture;
  let site: SiteServer;
  const channel = () =>
    buildSiteChannel([site.host], { startUrls: [site.url('/tzgg.htm')], everyMinutes: 60 });
  const article = (number: number) =>
    buildArticleHtml({
      title: `第${number}号教室检修通知`,
      text: '本周六上午检修，期间暂停使用，请提前安排。',
    });
  beforeEach(async () => {
    fixture = await CrawlFixture.open({ limits: { headersMs: 2000, totalMs: 4000 } });
    site = await SiteServer.start({ '/tzgg.htm': { body: buildListHtml(buildRows(1, 3)) } });
    for (let number = 1; number <= 3; number++)
      site.set(`/info/1031/${number}.htm`, { body: article(number) });
    await register(fixture, channel());
    expect((await fixture.run(channel())).outcome).toBe('complete');
    fixture.clock.advance(hourMs + 10 * minuteMs);
  });
  afterEach(async () => {
    await site.close();
    await fixture.close();
  });
  const closeHour = async () => {
    fixture.clock.advance(50 * minuteMs);
    return closeWindows(fixture);
  };
  const open = () => fixture.stores.ledger.listGaps('main-site', 'open', 10);

  it('a changed template is a gap until its pages can be read', async () => {
    site.set('/tzgg.htm', { body: buildListHtml(buildRows(1, 5)) });
    const odd =
      '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><div id="app"></div></body></html>';
    for (const number of [4, 5]) site.set(`/info/1031/${number}.htm`, { body: odd });
    await fixture.run(channel());
    expect((await closeHour()).opened).toMatchObject([{ cause: 'page-changed' }]);
    fixture.clock.advance(hourMs);
    await fixture.run(channel());
    await closeWindows(fixture);
    expect(await open()).toHaveLength(1);

    for (const number of [4, 5]) site.set(`/info/1031/${number}.htm`, { body: article(number) });
    fixture.clock.advance(25 * hourMs);
    await fixture.run(channel());
    await closeWindows(fixture);
    expect((await open()).filter(({ cause }) => cause === 'page-changed')).toEqual([]);
  });

  it('a host that is gone is a gap', async () => {
    await site.close();
    await fixture.run(channel());
    expect((await closeHour()).opened).toMatchObject([
      { cause: 'failed', nextStep: expect.stringMatching(/^operator: /) },
    ]);
    site = await SiteServer.start();
  });

  it('a host that hangs is a gap', async () => {
    site.set('/tzgg.htm', { hang: 'silent' });
    await fixture.run(channel());
    expect((await closeHour()).opened).toMatchObject([{ cause: 'failed' }]);
  });
});
