import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** A server of a suite's own, that may be stopped, wiped and frozen without anybody else noticing. */
export interface RedisServer {
  readonly url: string;
  /** Once more, on the same port, with what it saved; it saves nothing unless told. */
  start(): Promise<void>;
  /** At once, like a power cut. */
  stop(): Promise<void>;
  wipe(): Promise<void>;
  /** Frozen: connections stay, answers do not come. */
  pause(): void;
  continue(): void;
  close(): Promise<void>;
}

/** @throws when there is no `redis-server` */
export async function startRedisServer(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'guanlan-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  // A test that was cut off leaves no server behind.
  const killLast = () => void child?.kill('SIGKILL');
  process.once('exit', killLast);
  const stop = async () => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const start = async () => {
    await stop();
    child = spawn('redis-server', [
      '--port',
      String(port),
      '--dir',
      folder,
      '--save',
      '',
      '--bind',
      '127.0.0.1',
    ]);
    await once(child, 'spawn');
    await withClient(url, (client) => client.ping());
  };
  try {
    await start();
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  return {
    url,
    start,
    stop,
    wipe: () => withClient(url, async (client) => void (await client.flushall())),
    pause: () => void child?.kill('SIGSTOP'),
    continue: () => void child?.kill('SIGCONT'),
    close: async () => {
      await stop();
      process.off('exit', killLast);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Commands a server has run since it started, those inside scripts included, but not those that ask. */
export async function countRedisCommands(url: string): Promise<number> {
  const stats = await withClient(url, (client) => client.info('commandstats'));
  let count = 0;
  for (const [, name, calls] of stats.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm))
    if (name !== 'info' && !name?.startsWith('client|')) count += Number(calls);
  return count;
}

async function withClient<T>(url: string, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: 250 });
  client.on('error', () => undefined);
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
