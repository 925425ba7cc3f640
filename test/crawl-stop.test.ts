import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import { CrawlRun } from '../pipeline/domain/crawl.ts';
import { buildArticleHtml, buildListHtml, buildRows } from './builders/site-pages.ts';
import { GuanlanProcess } from './harness/guanlan-process.ts';
import { useMongoTestDatabase } from './harness/mongo-database.ts';
import { openPlace, type Place } from './harness/places.ts';
import { startRedisServer } from './harness/redis-server.ts';
import { describeWithMongo } from './harness/services.ts';
import { SiteServer } from './harness/site-server.ts';
import { until } from './harness/until.ts';

const articleCount = 30;

/** One place a test, where processes find it and where the test looks. */
interface SetUp {
  env: Record<string, string>;
  place: Place;
  close(): Promise<void>;
}

async function startSite(): Promise<SiteServer> {
  const site = await SiteServer.start({ '/tzgg.htm': { body: buildListHtml(buildRows(1, articleCount)) } });
  for (let number = 1; number <= articleCount; number++) {
    const body = buildArticleHtml({
      title: `关于做好第${number}号教室设备检修工作的通知`,
      text: `第${number}号教室于本周六上午检修，期间暂停使用，请提前安排。`,
    });
    site.set(`/info/1031/${number}.htm`, { body, delayMs: 50 });
  }
  return site;
}

function writeSeeds(folder: string, site: SiteServer): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'units.yaml'), 'units:\n  - { id: publicity, name: 宣传部 }\n');
  writeFileSync(join(folder, 'governance.yaml'), 'school: 沧澜师范学院\n');
  const channel = {
    ...{ id: 'main-site', kind: 'site', name: '官网', unit: 'publicity', state: 'live' },
    ...{ startUrls: [site.url('/tzgg.htm')], allow: [{ host: site.host, paths: ['/'] }] },
    ...{ privateAddress: true, requestsPerMinute: 1200 },
  };
  writeFileSync(join(folder, 'channels.yaml'), JSON.stringify({ channels: [channel] }));
}

interface Stopped {
  args: readonly string[];
  signal: NodeJS.Signals;
  code: number;
}

/** @param ways commands that are stopped in the middle of a crawl, and how each ends */
function stoppedInOrder(ways: readonly Stopped[], openSetUp: (folder: string) => Promise<SetUp>) {
  let folder: string;
  let site: SiteServer;
  let setUp: SetUp;
  const started: GuanlanProcess[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guanlan-stop-'));
    [site, setUp] = await Promise.all([startSite(), openSetUp(folder)]);
    writeSeeds(join(folder, 'config'), site);
  }, 30_000);
  afterEach(async () => {
    await Promise.all(started.splice(0).map((process) => process.end('SIGKILL')));
    await site.close();
    await setUp.close();
    rmSync(folder, { recursive: true });
  });
  const start = (...args: string[]) => {
    const own = { GUANLAN_CONFIG: join(folder, 'config'), GUANLAN_KEYS: join(folder, 'keys') };
    const ports = { GUANLAN_PORT: '0', GUANLAN_OPS_PORT: '' };
    const process = new GuanlanProcess(args, { ...own, ...ports, ...setUp.env });
    started.push(process);
    return process;
  };
  /** In the middle: some articles are asked for, most are not. */
  const untilAsked = (count: number) =>
    until('requests', () => setTimeout(10).then(() => site.requests.length >= count), 60_000);
  const findRuns = async () => {
    const { stores, close } = await openPlace(setUp.place, systemClock);
    const runs = await stores.ledger.listRuns('main-site', 10);
    await close();
    return runs;
  };

  it.each(ways)(
    '$args ends at one $signal with $code, and the next crawl need not wait',
    { timeout: 150_000 },
    async ({ args, signal, code }) => {
      const process = start(...args);
      await untilAsked(8);
      const ended = await process.end(signal);
      expect({ code: ended.code, signal: ended.signal }, ended.stderr).toEqual({ code, signal: null });
      expect(ended.stderr).not.toMatch(/Error|at file:/);
      const [run] = await findRuns();
      expect(run).toMatchObject({ state: 'stopped', note: expect.stringContaining('stays due') });
      const last = await start('crawl', '--once').ended;
      expect(last.code, last.stderr).toBe(0);
      expect(last.stderr).not.toContain('waiting');
      expect(CrawlRun.parse(JSON.parse(last.stdout))).toMatchObject({
        state: 'finished',
        failed: 0,
        note: null,
      });
      expect((await findRuns()).reduce((sum, run) => sum + run.created, 0)).toBe(articleCount);
    },
  );

  it('says that it was interrupted while it waited for another crawl', { timeout: 60_000 }, async () => {
    const { stores, close } = await openPlace(setUp.place, systemClock);
    await stores.leases.acquire('crawl:main-site', 'somebody', systemClock.now(), 60_000);
    await close();
    const waiting = start('crawl', '--once');
    await waiting.find(/(waiting for another crawl)/);
    const ended = await waiting.end('SIGINT');
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain('interrupted');
    expect(ended.stderr).not.toContain('being crawled by another process');
  });
}

describe('a crawl of one process', () => {
  const ways = [
    { args: ['start'], signal: 'SIGTERM', code: 0 },
    { args: ['crawl', '--channel', 'main-site'], signal: 'SIGTERM', code: 0 },
    { args: ['crawl', '--once'], signal: 'SIGTERM', code: 143 },
  ] as const;
  stoppedInOrder(ways, async (folder) => {
    const dataDir = join(folder, 'data');
    return {
      env: { GUANLAN_DATA: dataDir, GUANLAN_MONGODB_URI: '', GUANLAN_REDIS_URL: '' },
      place: { setUp: 'embedded', dataDir },
      close: async () => {},
    };
  });
});

describeWithMongo('a crawl of the scaled set-up', (mongoUri) => {
  const database = useMongoTestDatabase(mongoUri);
  // The other commands end by the same code, whatever the stores.
  stoppedInOrder([{ args: ['crawl'], signal: 'SIGTERM', code: 0 }], async () => {
    const [redis] = await Promise.all([startRedisServer(), database().clear()]);
    const address = new URL(mongoUri.replace('mongodb:', 'http:'));
    address.pathname = `/${database().name}`;
    const uri = address.href.replace('http:', 'mongodb:');
    return {
      env: { GUANLAN_MONGODB_URI: uri, GUANLAN_REDIS_URL: redis.url },
      place: { setUp: 'scaled', mongoUri, database: database().name },
      close: () => redis.close(),
    };
  });
});
