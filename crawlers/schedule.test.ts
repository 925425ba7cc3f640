import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel, SiteChannel } from '../pipeline/domain/channel.ts';
import { buildRun } from '../test/builders/crawl.ts';
import { buildArticleHtml, buildListHtml, buildRows } from '../test/builders/site-pages.ts';
import { buildSiteChannel, CrawlFixture } from '../test/harness/crawl-fixture.ts';
import { SiteServer } from '../test/harness/site-server.ts';
import { until } from '../test/harness/until.ts';
import { startCrawling } from './main.ts';
import { keepCrawling, leaseMs, runLeased, type ScheduleDeps } from './schedule.ts';

let site: SiteServer;
let fixture: CrawlFixture;
let deps: ScheduleDeps;
let logged: string[];

beforeEach(async () => {
  fixture = await CrawlFixture.open();
  site = await SiteServer.start({ '/tzgg.htm': { body: buildListHtml(buildRows(1, 3)) } });
  for (let number = 1; number <= 3; number++) {
    site.set(`/info/1031/${number}.htm`, {
      body: buildArticleHtml({
        title: `第${number}号教室检修通知`,
        text: '本周六上午检修，期间暂停使用，请提前安排。',
      }),
    });
  }
  logged = [];
  const log = (level: string) => (_facts: object, message: string) =>
    void logged.push(`${level}: ${message}`);
  deps = { ...fixture.deps, logger: { info: log('info'), warn: log('warn'), error: log('error') } };
});
afterEach(async () => {
  await site.close();
  await fixture.close();
});

const channelWith = (id: string, change: Partial<SiteChannel> = {}) =>
  buildSiteChannel([site.host], { id, startUrls: [site.url('/tzgg.htm')], ...change });

async function register(...channels: Channel[]) {
  const { settings } = fixture.stores;
  const expectedVersion = await settings.readVersion();
  const at = fixture.clock.now();
  await settings.save('channels', channels, {
    expectedVersion,
    actorId: null,
    source: 'test',
    at,
    id: fixture.clock.newId(),
  });
}
const runsOf = (id: string) => fixture.stores.ledger.listRuns(id, 10);

/** Lets the schedule work until it has started what is due, then stops it as a shutdown does. */
async function scheduleUntil(condition: () => Promise<boolean>, only: string | null = null) {
  const stop = new AbortController();
  const ended = keepCrawling(deps, 'me', stop.signal, only);
  await until('the schedule', condition, 15_000);
  stop.abort();
  await ended;
}
const hasFinished = (id: string, times: number) => async () =>
  (await runsOf(id)).filter(({ state }) => state === 'finished').length === times;

describe('keepCrawling', () => {
  it('crawls what is on trial or live and nothing else, again only when the interval is over', async () => {
    const manual: Channel = {
      kind: 'manual',
      id: 'screen',
      name: '大屏',
      unit: 'publicity',
      state: 'live',
      platform: 'LED',
    };
    await register(channelWith('live'), channelWith('paused', { state: 'paused' }), manual);
    await scheduleUntil(hasFinished('live', 1));
    expect(await runsOf('paused')).toEqual([]);
    expect(logged).toEqual(['info: a crawl has ended']);

    fixture.clock.advance(50 * 60_000);
    await register(channelWith('live'), channelWith('second', { state: 'trial' }));
    await scheduleUntil(hasFinished('second', 1));
    expect(await runsOf('live')).toHaveLength(1);

    fixture.clock.advance(20 * 60_000);
    await scheduleUntil(hasFinished('live', 2));
  });

  it('runs one channel alone when told to', async () => {
    await register(channelWith('one'), channelWith('two'));
    await scheduleUntil(hasFinished('two', 1), 'two');
    expect(await runsOf('one')).toEqual([]);
  });

  it('leaves a channel alone that waits for a credential, but for one probe a day', async () => {
    const startedAt = fixture.clock.now();
    const ended = { state: 'finished', startedAt, endedAt: startedAt, outcome: 'credential' } as const;
    await fixture.stores.ledger.startRun(buildRun({ id: 'refused', channelId: 'waits', ...ended }));
    fixture.clock.advance(23 * 3_600_000);
    await register(channelWith('waits'), channelWith('other'));
    await scheduleUntil(hasFinished('other', 1));
    expect(await runsOf('waits')).toHaveLength(1);
    fixture.clock.advance(3_600_000);
    await scheduleUntil(hasFinished('waits', 2));
  });

  it('goes on with the others when what is known of one channel cannot be read', async () => {
    const facts = async (id: string) => (id === 'first' ? Promise.reject(new Error('a key is missing')) : []);
    deps = { ...deps, credentials: { facts } as unknown as NonNullable<ScheduleDeps['credentials']> };
    await register(channelWith('first'), channelWith('second'));
    await scheduleUntil(hasFinished('second', 1));
    expect(logged).toContain('error: what is known of a channel could not be read; it is not crawled now');
    expect(await runsOf('first')).toEqual([]);
  });

  it('begins with the channel that has waited longest, so that the first ones cannot hold up the others', async () => {
    const { ledger } = fixture.stores;
    const now = Date.parse(fixture.clock.now());
    const hoursAgo = { one: 2, two: 2, three: 2, late: 9 };
    for (const [id, hours] of Object.entries(hoursAgo)) {
      const startedAt = new Date(now - hours * 3_600_000).toISOString();
      const ended = { state: 'finished', startedAt, endedAt: startedAt, outcome: 'complete' } as const;
      await ledger.startRun(buildRun({ id: `before-${id}`, channelId: id, ...ended }));
    }
    site.set('/tzgg.htm', { hang: 'silent' });
    const ids = Object.keys(hoursAgo);
    await register(...ids.map((id) => channelWith(id)));
    const countRuns = async () => (await Promise.all(ids.map(runsOf))).flat().length;
    await scheduleUntil(async () => (await countRuns()) === ids.length + 3);
    expect(await runsOf('late')).toHaveLength(2);
  });

  it('stops a run that is under way, and says that it was stopped', async () => {
    site.set('/info/1031/2.htm', { hang: 'silent' });
    await register(channelWith('live'));
    await scheduleUntil(async () => site.count('/info/1031/2.htm') > 0);
    expect((await runsOf('live'))[0]).toMatchObject({
      state: 'stopped',
      note: expect.stringContaining('stays due'),
    });
  });

  it('starts no run while the judge is far behind', async () => {
    deps = { ...deps, maxWaiting: 0 };
    await register(channelWith('live'));
    await scheduleUntil(async () => logged.length > 0);
    expect(logged).toEqual(['warn: the judge is behind: no new crawl is started']);
    expect(await runsOf('live')).toEqual([]);
  });

  it('counts its runs', async () => {
    const counted: object[] = [];
    deps = { ...deps, metrics: { crawled: (run) => void counted.push(run) } };
    await register(channelWith('live'));
    await scheduleUntil(hasFinished('live', 1));
    expect(counted).toMatchObject([{ state: 'finished', created: 3 }]);
  });

  it('says when a run could not go through', async () => {
    site.set('/tzgg.htm', { status: 500 });
    await register(channelWith('live'));
    await scheduleUntil(hasFinished('live', 1));
    expect(logged).toEqual(['warn: a crawl did not go through']);
  });
});

describe('runLeased', () => {
  const options = { signal: new AbortController().signal };
  it('leaves a channel to the process that is at it, and takes it over when that one has died', async () => {
    const channel = channelWith('live');
    await fixture.stores.leases.acquire('crawl:live', 'another', fixture.clock.now(), leaseMs);
    expect(await runLeased(deps, channel, 'me', options)).toBeNull();
    expect(site.requests).toEqual([]);
    fixture.clock.advance(leaseMs + 1);
    expect(await runLeased(deps, channel, 'me', options)).toMatchObject({ created: 3 });
    const freed = await fixture.stores.leases.acquire('crawl:live', 'another', fixture.clock.now(), leaseMs);
    expect(freed).not.toBeNull();
  });
});

describe('startCrawling', () => {
  it('stops cleanly at once, and without anything to do', async () => {
    await startCrawling(deps, 'me').stop();
  });
});
