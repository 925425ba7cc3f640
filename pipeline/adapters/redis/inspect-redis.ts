import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { describe } from './connections.ts';

export interface RedisFacts {
  version: string;
  /** What it does when its memory is full; null where it does not tell. */
  maxmemoryPolicy: string | null;
  /** Whether it writes what it is told to its disk; null where it does not tell. */
  appendOnly: boolean | null;
}

const patienceMs = 3000;

/**
 * Asks a Redis once how it is set up, and tries with one key that goes by itself whether it may be used.
 * @param prefix of the keys that the deployment uses
 * @throws Error when it cannot be reached or used; its message never holds the address
 */
export async function inspectRedis(url: string, prefix: string): Promise<RedisFacts> {
  const client = new Redis(url, {
    lazyConnect: true,
    // Its own check says on the terminal what a user without INFO may not; what is missing is told here.
    enableReadyCheck: false,
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let trouble: Error | null = null;
  client.on('error', (error: Error) => {
    trouble = error;
  });
  try {
    await client.connect();
    await tryOut(client, prefix);
    const info = await client.info('server').catch(() => '');
    const [policy, appendOnly] = await Promise.all([
      readSetting(client, 'maxmemory-policy'),
      readSetting(client, 'appendonly'),
    ]);
    return {
      version: /^redis_version:(\S+)/m.exec(info)?.[1] ?? 'unknown',
      maxmemoryPolicy: policy,
      appendOnly: appendOnly === null ? null : appendOnly === 'yes',
    };
  } catch (error) {
    // Why a connection was refused, only the event tells.
    throw new Error(describe(trouble ?? error));
  } finally {
    client.disconnect();
  }
}

/** A database that the address names in vain is told by nobody else: the client goes on with the first one. */
async function tryOut(client: Redis, prefix: string): Promise<void> {
  await client.select(client.options.db ?? 0);
  // Named as the queue's are: a user may be held to those.
  const key = `{guanlan:${prefix}}:doctor:${randomUUID()}`;
  await client.set(key, 'here', 'PX', 10_000);
  const found = await client.eval("return redis.call('GET', KEYS[1])", 1, key);
  if (found !== 'here') throw new Error('it does not keep what it is given');
  await client.del(key);
}

/** Null where asking is forbidden, as at many a rented server. */
async function readSetting(client: Redis, name: string): Promise<string | null> {
  const answer: unknown = await client.config('GET', name).catch(() => null);
  const value: unknown = Array.isArray(answer) ? answer[1] : null;
  return typeof value === 'string' ? value : null;
}
