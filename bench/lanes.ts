import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryQueue } from '../pipeline/adapters/memory-queue.ts';
import { collections } from '../pipeline/adapters/mongo/collections.ts';
import { openMongo } from '../pipeline/adapters/mongo/connection.ts';
import { openMongoStores } from '../pipeline/adapters/mongo/open-mongo-stores.ts';
import { ensureSchema } from '../pipeline/adapters/mongo/schema.ts';
import { openStores } from '../pipeline/adapters/open-stores.ts';
import { openBullQueue } from '../pipeline/adapters/redis/bull-queue.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import type { Stores } from '../pipeline/ports/index.ts';
import type { JobQueue } from '../pipeline/ports/job-queue.ts';
import { countRedisCommands, type RedisServer } from '../test/harness/redis-server.ts';

/** What one round needs: empty stores and an idle queue, removed afterwards. */
export interface Lane {
  setUp: 'embedded' | 'scaled';
  stores: Stores;
  queue: JobQueue;
  /** Messages sent to the database and to the queue's server since the lane was opened; zero when embedded. */
  count(): Promise<{ mongo: number; redis: number }>;
  close(): Promise<void>;
}

export async function openEmbeddedLane(): Promise<Lane> {
  const folder = mkdtempSync(join(tmpdir(), 'guanlan-bench-'));
  const stores = openStores(folder, systemClock);
  const queue = new MemoryQueue();
  return {
    setUp: 'embedded',
    stores,
    queue,
    count: async () => ({ mongo: 0, redis: 0 }),
    close: async () => {
      await queue.close();
      await stores.close();
      rmSync(folder, { recursive: true });
    },
  };
}

let opened = 0;

export async function openScaledLane(mongoUri: string, redis: RedisServer): Promise<Lane> {
  opened += 1;
  const name = `guanlan_bench_${process.pid}_${opened}`;
  const connection = await openMongo(mongoUri, name);
  await ensureSchema(connection.db, collections);
  let mongo = 0;
  connection.client.on('commandStarted', () => {
    mongo += 1;
  });
  const stores = openMongoStores(connection, systemClock);
  const queue = openBullQueue({ redisUrl: redis.url, prefix: name });
  return {
    setUp: 'scaled',
    stores,
    queue,
    count: async () => ({ mongo, redis: await countRedisCommands(redis.url) }),
    close: async () => {
      await queue.close();
      await connection.db.dropDatabase();
      await stores.close();
    },
  };
}
