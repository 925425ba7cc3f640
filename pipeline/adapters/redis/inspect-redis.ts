import { Redis } from 'ioredis';

export interface RedisFacts {
  version: string;
  /** What it does when its memory is full; null where it does not tell. */
  maxmemoryPolicy: string | null;
  /** Whether it writes what it is told to its disk; null where it does not tell. */
  appendOnly: boolean | null;
}

const patienceMs = 3000;

/**
 * Asks a Redis once how it is set up.
 * @throws Error when it cannot be reached; its message never holds the address
 */
export async function inspectRedis(url: string): Promise<RedisFacts> {
  const client = new Redis(url, {
    lazyConnect: true,
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
    // Why a connection was refused, only the event tells.
    await client.connect().catch((error: unknown) => {
      throw trouble ?? error;
    });
    const info = await client.info('server');
    const [policy, appendOnly] = await Promise.all([
      readSetting(client, 'maxmemory-policy'),
      readSetting(client, 'appendonly'),
    ]);
    return {
      version: /^redis_version:(\S+)/m.exec(info)?.[1] ?? 'unknown',
      maxmemoryPolicy: policy,
      appendOnly: appendOnly === null ? null : appendOnly === 'yes',
    };
  } finally {
    client.disconnect();
  }
}

/** Null where asking is forbidden, as at many a rented server. */
async function readSetting(client: Redis, name: string): Promise<string | null> {
  const answer: unknown = await client.config('GET', name).catch(() => null);
  const value: unknown = Array.isArray(answer) ? answer[1] : null;
  return typeof value === 'string' ? value : null;
}
