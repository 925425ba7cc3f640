import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { oddArticle, oddList, oddSelectors } from '../../crawlers/sources/site/fixtures/odd-system.ts';
import { Channel } from '../../pipeline/domain/channel.ts';
import { buildSiteChannel, CrawlFixture } from '../../test/harness/crawl-fixture.ts';
import { SiteServer } from '../../test/harness/site-server.ts';
import { registerListChannels } from './channel-list.ts';
import { registerTestChannel } from './channel-test.ts';

let site: SiteServer;
let fixture: CrawlFixture;
let printed: string[];
let said: string[];

beforeEach(async () => {
  fixture = await CrawlFixture.open();
  site = await SiteServer.start({
    '/app.do?op=ls': { body: oddList },
    '/app.do?op=sh': { body: oddArticle },
    '/rss.xml': {
      body: '<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><link>/</link><description>d</description><item><title>停水通知</title><guid isPermaLink="false">n-1</guid><pubDate>Sun, 22 Nov 2026 03:00:00 GMT</pubDate><description>明日停水。</description></item></channel></rss>',
    },
  });
  printed = [];
  said = [];
});
afterEach(async () => {
  process.exitCode = 0;
  await site.close();
  await fixture.close();
});

function channels(): Channel[] {
  return [
    buildSiteChannel([site.host], {
      id: 'odd',
      startUrls: [site.url('/app.do?op=ls')],
      selectors: oddSelectors,
    }),
    Channel.parse({
      kind: 'feed',
      id: 'notices',
      name: '通知公告',
      unit: 'office',
      feed: { from: 'own', url: site.url('/rss.xml') },
      privateAddress: true,
    }),
    Channel.parse({
      kind: 'weibo',
      id: 'weibo',
      name: '学校微博',
      unit: 'office',
      responsible: '张老师',
      uid: '1234567890',
      door: 'open-platform',
    }),
    Channel.parse({ kind: 'manual', id: 'screens', name: '屏幕', unit: 'office', platform: 'led' }),
  ];
}

async function run(...args: string[]): Promise<string> {
  const { stores, queue, clock, deps } = fixture;
  if ((await stores.settings.readVersion()) === 0) {
    const at = clock.now();
    const change = { expectedVersion: 0, actorId: null, source: 'test', at, id: clock.newId() };
    await stores.settings.save('channels', channels(), change);
  }
  const context = { stores, queue, clock, blobs: deps.blobs, close: async () => {} };
  const terminal = {
    readInput: async () => '',
    print: (line: string) => void printed.push(line),
    say: (line: string) => void said.push(line),
  };
  const command = new Command('channel');
  registerListChannels(command, async () => context, terminal);
  registerTestChannel(command, async () => context, terminal);
  await command.parseAsync(['node', 'guanlan', ...args]);
  return printed.join('\n');
}

describe('guanlan channel test', () => {
  it('shows the rows of a list, their dates, the next page, and where they were found', async () => {
    const out = await run('test', 'odd');
    expect(out).toMatch(/state {7}ok, list/);
    expect(out).toMatch(/rows {8}3 {3}\[your selector \.q2 > \.r\]/);
    expect(out).toMatch(/2026-03-05 {2}东区宿舍楼水箱清洗期间供水安排 {2}http/);
    expect(out).toContain(`next page   ${site.url('/app.do?op=ls&c=4&p=2')}`);
    expect([said, process.exitCode ?? 0]).toEqual([[], 0]);
  });

  it('shows an article with its files; stores nothing', async () => {
    const out = await run('test', 'odd', '--url', site.url('/app.do?op=sh'));
    expect(out).toContain('title       东区宿舍楼水箱清洗期间供水安排   [your selector .hh]');
    expect(out).toContain('date        2026-03-05 08:40:00 (to the minute)');
    expect(out).toMatch(/attachment {2}停水楼栋一览 {2}http/);
    expect(await fixture.stores.ledger.listPages('odd', ['due', 'done', 'failed'], 10)).toEqual([]);
    expect(await fixture.stores.posts.countStates()).toMatchObject({ pending: 0 });
  });

  it('keeps to what the channel allows, and says why', async () => {
    await run('test', 'odd', '--url', 'https://elsewhere.example/');
    expect(said.join()).toContain("host elsewhere.example is not on the channel's allow-list");
    expect(process.exitCode).toBe(1);
  });

  it('says what is missing, as JSON too', async () => {
    site.set('/app.do?op=ls', { body: '<div id="app"></div><script src="/app.js"></script>' });
    const found = JSON.parse(await run('test', 'odd', '--json'));
    expect(found.page.parsed.state).toBe('unknown-page');
    expect(found.page.hints.join()).toContain('fetchedBy: browser');
    expect(process.exitCode).toBe(1);
  });

  it('reads a feed, and of a platform’s account says which credential is missing', async () => {
    expect(await run('test', 'notices')).toMatch(/items {7}1 of the school's own, 0 of persons/);
    printed = [];
    expect(await run('test', 'weibo')).toMatch(
      /credential {2}missing[\s\S]*problem .*no weibo-oauth is stored/,
    );
    expect(process.exitCode).toBe(1);
  });

  it('takes a channel from a file that is not brought in yet', async () => {
    const file = join(fixture.dataDir, 'channels.yaml');
    writeFileSync(
      file,
      `channels:\n  - { id: new, kind: site, name: 新站, unit: any, startUrls: ["${site.url('/app.do?op=ls')}"], allow: [{ host: "${site.host}" }], privateAddress: true }\n`,
    );
    expect(await run('test', 'new', '--file', file)).toContain('channel     new (site)');
    await expect(run('test', 'odd', '--file', file)).rejects.toThrow('there is no channel odd; known: new');
  });

  it('has nothing to fetch for a manual channel', async () => {
    await expect(run('test', 'screens')).rejects.toThrow('registered for review only');
  });
});

describe('guanlan channel list', () => {
  it('lists them with their last run', async () => {
    expect((await run('list')).split('\n')).toEqual([
      'id\tkind\tstate\tname\tunit\tlast run\toutcome',
      'odd\tsite\tlive\t学校主站\tpublicity\t\t',
      'notices\tfeed\tnot-connected\t通知公告\toffice\t\t',
      'weibo\tweibo\tnot-connected\t学校微博\toffice\t\t',
      'screens\tmanual\tnot-connected\t屏幕\toffice\t\t',
    ]);
  });
});
