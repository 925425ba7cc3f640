import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildConfig } from '../../config/config.ts';
import { loadSecrets } from '../../config/secrets.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { storeGathered } from '../../pipeline/commands/store-gathered.ts';
import { type Context, createContext } from '../../pipeline/context.ts';
import { CaseDetail } from '../../review-api/contract/case-detail.ts';
import { CasePage } from '../../review-api/contract/case-summary.ts';
import { buildGathered } from '../builders/post.ts';
import { type Campus, startCampus } from '../campus/campus.ts';
import { CuttingProxy } from '../harness/cutting-proxy.ts';
import { GuanlanProcess, runGuanlan } from '../harness/guanlan-process.ts';
import { type MongoTestDatabase, openMongoTestDatabase } from '../harness/mongo-database.ts';
import { buildPostsInFlight } from '../harness/posts-in-flight.ts';
import { type RedisServer, startRedisServer } from '../harness/redis-server.ts';
import { describeWithMongo } from '../harness/services.ts';
import { until } from '../harness/until.ts';
import { Visitor } from '../harness/visitor.ts';
import { writeCampusSeeds } from './campus-seeds.ts';

const password = 'correct horse battery staple';
const canary = '金丝雀暗号七七四九';

describeWithMongo('api, worker and crawl as processes of their own', (mongoUri) => {
  let folder: string;
  let campus: Campus;
  let env: Record<string, string>;
  let database: MongoTestDatabase;
  let line: CuttingProxy;
  let redis: RedisServer;
  let context: Context;
  const started: GuanlanProcess[] = [];
  let api: GuanlanProcess;
  let worker: GuanlanProcess;

  /** Where a process tells its health, as its log says. */
  const opsUrl = (process: GuanlanProcess) => process.find(/"ops":"(http:[^"]+)"/);
  const readiness = async (process: GuanlanProcess) => {
    const reply = await fetch(`${await opsUrl(process)}/readyz`);
    return { status: reply.status, body: await reply.json() };
  };
  const start = (...args: string[]) => {
    const process = new GuanlanProcess(args, env);
    started.push(process);
    return process;
  };
  /** As a supervisor asks: a few times a second. */
  const untilReady = (process: GuanlanProcess, status: number) =>
    until(
      `readiness ${status}`,
      async () => {
        await setTimeout(100);
        return (await readiness(process)).status === status;
      },
      30_000,
    );

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guanlan-scaled-'));
    [campus, database, line, redis] = await Promise.all([
      startCampus({ today: new Date() }),
      openMongoTestDatabase(mongoUri),
      CuttingProxy.open(mongoUri),
      startRedisServer(),
    ]);
    writeCampusSeeds(join(folder, 'config'), campus);
    env = {
      GUANLAN_MONGODB_URI: line.uriOf(database.name),
      GUANLAN_REDIS_URL: redis.url,
      GUANLAN_KEYS: join(folder, 'keys'),
      GUANLAN_CONFIG: join(folder, 'config'),
      GUANLAN_DATA: join(folder, 'data'),
      GUANLAN_PORT: '0',
      GUANLAN_OPS_PORT: '0',
    };
    // All at once, on an empty database and without keys.
    worker = start('worker');
    api = start('api');
    await api.url();
    const own = buildConfig({ ...env, GUANLAN_OPS_PORT: '', GUANLAN_LOG_LEVEL: 'silent' }, folder);
    const secrets = loadSecrets(own.keysDir, env, { now: systemClock.now() });
    context = await createContext(own, secrets);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(started.map((process) => process.end('SIGKILL')));
    await context?.close();
    await line?.close();
    await redis?.close();
    await database?.drop();
    await campus?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('crawled by one, judged by another, served by a third', { timeout: 90_000 }, async () => {
    const added = await runGuanlan(
      ['user', 'add', '--login', 'lin', '--name', '林老师', '--roles', 'reviewer', '--password-stdin'],
      env,
      `${password}\n`,
    );
    expect(added.code, added.stderr).toBe(0);
    const crawled = await runGuanlan(['crawl', '--once'], env);
    expect(crawled.code, crawled.stderr).toBe(0);
    expect(crawled.stderr).toContain('judged by the workers');

    const visitor = new Visitor(await api.url());
    await visitor.signIn('lin', password);
    const queue = async () => CasePage.parse((await visitor.get('/api/cases?queue=review')).json).items;
    await until(
      'a case in the queue',
      async () => {
        await setTimeout(100);
        return (await queue()).length > 0;
      },
      45_000,
    );
    const [first] = await queue();
    const opened = await visitor.post(`/api/cases/${first?.id}/open`, {});
    expect(CaseDetail.parse(opened.json).judgement?.findings.length).toBeGreaterThan(0);
    await until('everything judged', async () => {
      const { pending, judged } = await context.stores.posts.countStates();
      return pending === 0 && judged >= campus.expected.articles.length;
    });
  });

  it('tells its numbers, by pattern and never by address', async () => {
    const numbers = async (process: GuanlanProcess) =>
      (await fetch(`${await opsUrl(process)}/metrics`)).text();
    const ofWorker = await numbers(worker);
    expect(Number(/^guanlan_posts_judged_total (\d+)$/m.exec(ofWorker)?.[1])).toBeGreaterThan(30);
    expect(ofWorker).toMatch(/^guanlan_cases_opened_total [1-9]/m);
    expect(ofWorker).toMatch(/^guanlan_judge_batch_seconds_count [1-9]/m);
    expect(ofWorker).toMatch(/^guanlan_queue_jobs\{topic="judge",state="waiting"\} \d+$/m);
    expect(ofWorker).toMatch(/^guanlan_settings_version \d+$/m);
    expect(ofWorker).toMatch(/^process_cpu_seconds_total /m);
    const ofApi = await numbers(api);
    expect(ofApi).toContain('route="/api/cases/:id/open",status="200"');
    expect(ofApi).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('judges by new settings from the next batch on', { timeout: 30_000 }, async () => {
    const { stores, clock } = context;
    const before = await stores.settings.read();
    const [rule, ...rest] = before.rules;
    if (rule === undefined) throw new Error('no rule to change');
    const version = await stores.settings.save(
      'rules',
      [{ ...rule, purpose: `${rule.purpose}（改）`, version: rule.version + 1 }, ...rest],
      {
        expectedVersion: before.version,
        actorId: null,
        source: 'office',
        at: clock.now(),
        id: clock.newId(),
      },
    );
    expect(version).toBe(before.version + 1);
    const [channel] = before.channels;
    const post = buildGathered({ externalId: 'later', channelId: channel?.id ?? '', text: canary });
    await storeGathered(context, [{ post, snapshotHash: null }]);
    const id = `${post.channelId}:article:later`;
    await until('its verdict', async () => (await stores.posts.findVerdict(id, 1)) !== null, 20_000);
    expect((await stores.posts.findVerdict(id, 1))?.stamp.settings).toBe(version);
  });

  it('is not ready while Redis is away, names it, and goes on afterwards', { timeout: 60_000 }, async () => {
    await untilReady(worker, 200);
    await redis.stop();
    await untilReady(worker, 503);
    expect((await readiness(worker)).body).toMatchObject({ waitsFor: ['queue'] });
    // The pages need no queue.
    expect((await fetch(`${await api.url()}/readyz`)).status).toBe(200);
    const post = buildGathered({ externalId: 'without-redis', channelId: 'main', text: canary });
    await storeGathered(context, [{ post, snapshotHash: null }]);
    await redis.start();
    await untilReady(worker, 200);
    const find = () => context.stores.posts.findVerdict('main:article:without-redis', 1);
    await until('the sweeper to find the post', async () => (await find()) !== null, 30_000);
  });

  it('is not ready while MongoDB is away, names it, and goes on afterwards', {
    timeout: 60_000,
  }, async () => {
    line.refuse();
    await untilReady(worker, 503);
    expect((await readiness(worker)).body).toMatchObject({ waitsFor: ['store'] });
    expect((await fetch(`${await api.url()}/readyz`)).status).toBe(503);
    expect((await fetch(`${await api.url()}/healthz`)).status).toBe(200);
    line.accept();
    await untilReady(worker, 200);
  });

  it('ends when asked, in the middle of judging too, cleanly, and has logged no text', {
    timeout: 60_000,
  }, async () => {
    const crawler = start('crawl');
    await untilReady(crawler, 200);
    const posts = buildPostsInFlight(2000).map((post) => ({
      post: { ...post, kind: 'article' as const },
      snapshotHash: null,
    }));
    await storeGathered(context, posts);
    await until('a batch under way', async () => (await context.queue.counts('judge')).running > 0);
    const ended = await Promise.all([api, worker, crawler].map((process) => process.end('SIGTERM')));
    for (const { code, signal, stderr } of ended) {
      expect({ code, signal }, stderr).toEqual({ code: 0, signal: null });
      expect(stderr).not.toContain(canary);
      for (const { textStart } of campus.expected.articles) expect(stderr).not.toContain(textStart);
    }
    const report = await runGuanlan(['verify-audit'], env);
    expect(report.code, report.stderr).toBe(0);
    expect(JSON.parse(report.stdout)).toMatchObject({ breaks: [] });
  });
});
