import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../pipeline/domain/channel.ts';
import { CrawlRun } from '../../pipeline/domain/crawl.ts';
import { buildArticleHtml, buildListHtml, buildRows } from '../../test/builders/site-pages.ts';
import { buildSiteChannel, CrawlFixture } from '../../test/harness/crawl-fixture.ts';
import { SiteServer } from '../../test/harness/site-server.ts';
import { buildCrawlCommand, type CrawlContext, chooseChannels } from './crawl.ts';

let site: SiteServer;
let fixture: CrawlFixture;
let context: CrawlContext;
let said: { out: string[]; err: string[] };

beforeEach(async () => {
  fixture = await CrawlFixture.open();
  site = await SiteServer.start({
    '/tzgg.htm': { body: buildListHtml(buildRows(1, 3)) },
    '/info/1031/1.htm': {
      body: buildArticleHtml({ title: '教室检修通知', text: '本周六上午检修，期间暂停使用。' }),
    },
  });
  const silent = () => {};
  const logger = { info: silent, warn: silent, error: silent };
  const { queue, clock, stores } = fixture;
  context = { stores, queue, clock, blobs: fixture.deps.blobs, logger, owner: 'me', close: async () => {} };
  said = { out: [], err: [] };
  const { out, err } = said;
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => out.push(String(chunk)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => err.push(String(chunk)) > 0);
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  await site.close();
  await fixture.close();
});

const channelWith = (id: string, path: string) =>
  buildSiteChannel([site.host], { id, startUrls: [site.url(path)] });

async function register(...channels: Channel[]) {
  const change = {
    expectedVersion: 0,
    actorId: null,
    source: 'test',
    at: fixture.clock.now(),
    id: fixture.clock.newId(),
  };
  await fixture.stores.settings.save('channels', channels, change);
}
const run = (...args: string[]) =>
  buildCrawlCommand(async () => context).parseAsync(['node', 'guanlan', ...args]);

describe('guanlan crawl --once', () => {
  it('prints each channel’s run as a line, and ends well', async () => {
    await register(channelWith('main-site', '/tzgg.htm'));
    await run('--once');
    const lines = said.out.join('').trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(CrawlRun.parse(JSON.parse(lines[0] ?? ''))).toMatchObject({
      channelId: 'main-site',
      state: 'finished',
      created: 1,
    });
    expect(process.exitCode ?? 0).toBe(0);
  });

  it('exits 1 with a reason when a channel could not be read, the other one done', async () => {
    await register(channelWith('main-site', '/tzgg.htm'), channelWith('lost', '/nowhere.htm'));
    await run('--once');
    expect(said.out.join('').trim().split('\n')).toHaveLength(2);
    expect(said.err.join('')).toMatch(
      /guanlan crawl: lost: nothing could be read: .*nowhere\.htm: status 404: the site has no such page/,
    );
    expect(process.exitCode).toBe(1);
  });

  it('judges before it closes, when told how', async () => {
    await register(channelWith('main-site', '/tzgg.htm'));
    const order: string[] = [];
    const closing = { ...context, close: async () => void order.push('closed') };
    const afterOnce = async () => void order.push('judged');
    await buildCrawlCommand(async () => closing, { afterOnce }).parseAsync(['node', 'guanlan', '--once']);
    expect(order).toEqual(['judged', 'closed']);
  });
});

describe('chooseChannels', () => {
  const manual: Channel = {
    kind: 'manual',
    id: 'screen',
    name: '大屏',
    unit: 'publicity',
    state: 'live',
    platform: 'LED',
  };
  const site_ = buildSiteChannel(['www.canglan.example'], { startUrls: ['http://www.canglan.example/'] });
  it.each([
    [[site_], 'other', /there is no channel other; known: main-site$/],
    [[], 'other', /known: none/],
    [[manual], 'screen', /registered for review only/],
    [[{ ...site_, state: 'paused' as const }], 'main-site', /its state is paused/],
    [[manual], undefined, /no channel is on trial or live/],
  ])('refuses %#', (channels, id, why) => {
    expect(() => chooseChannels(channels, id)).toThrow(why);
  });
  it('takes all that are crawled, or the one named', () => {
    expect(chooseChannels([site_, manual], undefined)).toEqual([site_]);
    expect(chooseChannels([site_, manual], 'main-site')).toEqual([site_]);
  });
});
