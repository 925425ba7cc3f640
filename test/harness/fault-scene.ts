import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { buildConfig } from '../../config/config.ts';
import { loadSecrets } from '../../config/secrets.ts';
import { readSeeds } from '../../config/seeds.ts';
import { caseCollections } from '../../pipeline/adapters/mongo/case-documents.ts';
import { postCollections } from '../../pipeline/adapters/mongo/post-documents.ts';
import { openBullQueue } from '../../pipeline/adapters/redis/bull-queue.ts';
import { buildScryptPasswords } from '../../pipeline/adapters/scrypt-passwords.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { addUser } from '../../pipeline/commands/add-user.ts';
import { linkAudit } from '../../pipeline/commands/link-audit.ts';
import { type AuditReport, verifyAudit } from '../../pipeline/commands/verify-audit.ts';
import { type Context, createContext } from '../../pipeline/context.ts';
import { Conflict } from '../../pipeline/domain/errors.ts';
import { postId } from '../../pipeline/domain/post.ts';
import type { Role } from '../../pipeline/domain/role.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { JobQueue } from '../../pipeline/ports/job-queue.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { type EndState, readEndState } from './end-state.ts';
import { GuanlanProcess } from './guanlan-process.ts';
import { type MongoTestDatabase, openMongoTestDatabase } from './mongo-database.ts';
import { officePassword } from './office.ts';
import { buildPostsInFlight } from './posts-in-flight.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';
import { ScaledWorker } from './scaled-worker.ts';
import { seedsToTry } from './seeds-to-try.ts';
import { until } from './until.ts';

/** Posts that are put on their way together. */
export const flightSize = seedsToTry({ all: 10_000, usual: 2000 });
const jobSize = 100;
const seedDir = join(import.meta.dirname, '../../config');
const logPatienceMs = 10_000;
/** So that a job of a killed worker is soon run by another one; production waits longer. */
const lockMs = 2000;

/** What a fault strikes: a database behind a line that can be cut, a Redis of its own, real workers. */
export class FaultScene {
  /** Posts that were put in flight so far. */
  posts = 0;
  readonly workers: ScaledWorker[] = [];
  readonly proxy: CuttingProxy;
  readonly redis: RedisServer;
  /** Not through the proxy: the test sees what stands there whatever is cut. */
  readonly database: MongoTestDatabase;
  /** Of the test itself, not through the proxy, with what a worker has. */
  readonly context: Context;
  readonly folder: string;
  private readonly apis: GuanlanProcess[] = [];
  private flights = 0;

  private constructor(parts: Pick<FaultScene, 'proxy' | 'redis' | 'database' | 'context' | 'folder'>) {
    this.proxy = parts.proxy;
    this.redis = parts.redis;
    this.database = parts.database;
    this.context = parts.context;
    this.folder = parts.folder;
  }

  static async open(mongoUri: string): Promise<FaultScene> {
    const folder = mkdtempSync(join(tmpdir(), 'guanlan-fault-'));
    const [proxy, redis, database] = await Promise.all([
      CuttingProxy.open(mongoUri),
      startRedisServer(),
      openMongoTestDatabase(mongoUri),
    ]);
    const env = settingsOf(folder, mongoUri.replace(/\/(?=\?|$)/, `/${database.name}`), redis.url);
    const config = buildConfig({ ...env, GUANLAN_LOG_LEVEL: 'silent' }, folder);
    const secrets = loadSecrets(config.keysDir, env, { now: systemClock.now() });
    const context = await createContext(config, secrets);
    const { stores } = context;
    const at = systemClock.now();
    const { source, body } = readSeeds(seedDir, seedDir).rules;
    const change = { expectedVersion: 0, actorId: null, source, at, id: systemClock.newId() };
    await stores.settings.save('rules', body, change);
    return new FaultScene({ proxy, redis, database, context, folder });
  }

  /** Another flight of posts, stored and named to the queue as a crawler does it. */
  async launch(queues: readonly JobQueue[] = [this.context.queue]): Promise<void> {
    const flight = this.flights++;
    const posts = buildPostsInFlight(flightSize).map((post) => ({
      ...post,
      externalId: `${flight}-${post.externalId}`,
      // The same text again would be a near copy, and open no case of its own.
      text: `第${flight}批：${post.text}`,
    }));
    const at = systemClock.now();
    for (let start = 0; start < flightSize; start += 1000) {
      const items = posts.slice(start, start + 1000).map((post) => ({ post, snapshotHash: null }));
      await this.context.stores.posts.storePosts(items, at);
    }
    this.posts += flightSize;
    for (let start = 0; start < flightSize; start += jobSize) {
      const ids = posts.slice(start, start + jobSize).map(postId);
      const job = { key: `judge:${flight}-${start}`, topic: 'judge', ids };
      await Promise.all(queues.map((queue) => queue.enqueue(job)));
    }
  }

  /** @param options where its servers are unlike those of the others, or what its clock shows */
  startWorker(options: { redisUrl?: string; clockOffsetMs?: number } = {}): ScaledWorker {
    const worker = new ScaledWorker({
      name: `worker-${this.workers.length}`,
      folder: this.folder,
      mongodbUri: this.proxy.uriOf(this.database.name),
      redisUrl: this.redis.url,
      lockMs,
      ...options,
    });
    this.workers.push(worker);
    return worker;
  }

  /** As many workers as asked for, all of them at work. */
  async startWorkers(count: number): Promise<ScaledWorker[]> {
    const started = Array.from({ length: count }, () => this.startWorker());
    await Promise.all(started.map((worker) => worker.ready));
    return started;
  }

  async stopWorkers(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
  }

  /** `guanlan api`, its MongoDB behind the proxy too. @returns its address */
  async startApi(): Promise<string> {
    const api = new GuanlanProcess(['api'], {
      ...settingsOf(this.folder, this.proxy.uriOf(this.database.name), this.redis.url),
      GUANLAN_CONFIG: seedDir,
      GUANLAN_PORT: '0',
    });
    this.apis.push(api);
    return api.url();
  }

  /** Accounts of this role with the password `officePassword`, which is made cheap to check. @returns their logins */
  async hire(role: Role, count: number): Promise<string[]> {
    const passwords = buildScryptPasswords({ logN: 10, r: 8, p: 1 });
    const logins = Array.from({ length: count }, (_, index) => `${role}-${index}`);
    for (const login of logins) {
      const wanted = { login, name: login, roles: [role], unitId: null, password: officePassword };
      await addUser(wanted, null, { ...this.context, passwords });
    }
    return logins;
  }

  /** Another queue, as another process has it. */
  openQueue(redisUrl = this.redis.url): JobQueue {
    return openBullQueue({ redisUrl, prefix: this.database.name });
  }

  countPending(): Promise<number> {
    return postCollections(this.database.db).posts.countDocuments({ dueAt: { $gt: '' } });
  }

  countCases(): Promise<number> {
    return caseCollections(this.database.db).cases.estimatedDocumentCount();
  }

  /** Waits until no more than `left` posts wait to be judged. @returns how many do */
  async untilPending(left: number, timeoutMs = 120_000): Promise<number> {
    const endMs = performance.now() + timeoutMs;
    for (;;) {
      const pending = await this.countPending();
      if (pending <= left) return pending;
      if (performance.now() > endMs) {
        const complaints = this.workers.flatMap((worker) => worker.complaints.slice(-3));
        throw new Error(`${pending} posts wait still, ${left} were hoped for: ${complaints.join('\n')}`);
      }
      await setTimeout(10);
    }
  }

  /** As hours later: what was put off, such as a post under which a process ended twice, is due now. */
  async passHours(): Promise<void> {
    const now = systemClock.now();
    const { posts } = postCollections(this.database.db);
    await posts.updateMany({ state: 'failed', dueAt: { $gt: now } }, { $set: { dueAt: now } });
  }

  /** What every relay has handed on. */
  told(): string[] {
    return this.workers.flatMap((worker) => worker.told);
  }

  /**
   * What a worker wrote to its log before it emptied the outbox may be on its way through the pipe still: what seems untold is
   * looked for again, for a few seconds.
   * @param alsoTold what relays of the test itself have handed on
   */
  async readEndState(alsoTold: readonly string[] = []): Promise<EndState> {
    const endMs = performance.now() + logPatienceMs;
    for (;;) {
      const state = await readEndState(this.database.db, () => [...this.told(), ...alsoTold]);
      if (state.untold.length === 0 || performance.now() > endMs) return state;
      await setTimeout(100);
    }
  }

  /**
   * Links what has not been linked yet, then recomputes all chains. By a clock that is ahead, so that it need not wait for the
   * lease of a worker that was killed: a chainer that still runs is fenced off. No further ahead than leases allow for, or
   * that chainer would take the lease for void.
   */
  async linkAndVerify(aheadMs = 120_000): Promise<AuditReport> {
    const { audit, leases } = this.context.stores;
    const { sign, verify } = this.context.anchors;
    const ahead = () => new Date(Date.parse(systemClock.now()) + aheadMs).toISOString();
    const clock: Clock = { now: ahead, newId: () => systemClock.newId() };
    const link = async () => {
      try {
        return (await linkAudit({ audit, leases, clock }, { owner: 'the-test', sign })) !== null;
      } catch (error) {
        // Overtaken by a worker that still runs: it is asked again.
        if (error instanceof Conflict) return false;
        throw error;
      }
    };
    await until('the lease of the chainer', link, 20_000);
    return verifyAudit(audit, { now: systemClock.now(), verify });
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.filter((worker) => worker.alive).map((worker) => worker.kill()));
    await Promise.all(this.apis.map((api) => api.end('SIGKILL')));
    await this.context.close();
    await this.database.drop();
    await Promise.all([this.proxy.close(), this.redis.close()]);
    rmSync(this.folder, { recursive: true });
  }
}

/** As the environment tells a process. */
function settingsOf(folder: string, mongodbUri: string, redisUrl: string) {
  return {
    GUANLAN_DATA: folder,
    GUANLAN_KEYS: join(folder, 'keys'),
    GUANLAN_MONGODB_URI: mongodbUri,
    GUANLAN_REDIS_URL: redisUrl,
  };
}

/** One scene for the tests of a suite, opened before the first and closed after the last. */
export function useFaultScene(mongoUri: string): () => FaultScene {
  let scene: FaultScene | null = null;
  beforeAll(async () => {
    scene = await FaultScene.open(mongoUri);
  });
  afterAll(async () => {
    await scene?.close();
  });
  return () => {
    if (scene === null) throw new Error('the scene is not open yet');
    return scene;
  };
}
