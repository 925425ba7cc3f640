import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openRedisAnnouncer } from '../../pipeline/adapters/redis/announcer.ts';
import { openBullQueue } from '../../pipeline/adapters/redis/bull-queue.ts';
import { inspectRedis } from '../../pipeline/adapters/redis/inspect-redis.ts';
import { jobQueueContract } from '../contracts/job-queue.contract.ts';
import { until } from '../harness/until.ts';
import { root } from './compose-file.ts';
import { makeSecrets } from './make-secrets.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** What CONFIG GET answers: names and values in turn. */
function pairsOf(list: unknown): [string, string][] {
  const words = z.array(z.string()).parse(list);
  return words.flatMap((name, index) => (index % 2 === 0 ? [[name, words[index + 1] ?? '']] : []));
}

const hasRedis = spawnSync('sh', ['-c', 'command -v redis-server']).status === 0;

describe.skipIf(!hasRedis && process.env.REQUIRE_SERVICES !== '1')(
  'Redis as the compose file starts it',
  () => {
    let server: ChildProcess;
    let secrets: string;
    let port: number;
    let address: string;
    const folder = mkdtempSync(join(tmpdir(), 'guanlan-redis-'));
    const data = join(folder, 'data');
    const ask = async <T>(url: string, use: (client: Redis) => Promise<T>) => {
      const client = new Redis(url, { enableReadyCheck: false, retryStrategy: () => 50 });
      client.on('error', () => undefined);
      try {
        return await use(client);
      } finally {
        client.disconnect();
      }
    };
    const start = async () => {
      const more = ['--port', String(port), '--bind', '127.0.0.1'];
      server = spawn('sh', [join(root, 'config', 'deploy', 'start-redis.sh'), secrets, ...more], {
        cwd: data,
      });
      await once(server, 'spawn');
      await ask(`redis://127.0.0.1:${port}`, (client) => client.ping());
    };
    const stop = async () => {
      if (server.exitCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      expect((await ended)[0]).toBe(0);
    };

    beforeAll(async () => {
      secrets = makeSecrets(folder);
      mkdirSync(data);
      port = await freePort();
      const url = new URL(readFileSync(join(secrets, 'redis_url'), 'utf8').trim());
      expect([url.hostname, url.port]).toEqual(['redis', '6379']);
      url.hostname = '127.0.0.1';
      url.port = String(port);
      address = url.href;
      await start();
    });
    afterAll(async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('lets a stranger ping and do nothing else', async () => {
      await ask(`redis://127.0.0.1:${port}`, async (client) => {
        expect(await client.ping()).toBe('PONG');
        for (const [command = '', ...words] of [
          ['get', 'a'],
          ['info'],
          ['config', 'get', '*'],
          ['subscribe', 'a'],
        ])
          await expect(client.call(command, ...words), command).rejects.toThrow(/NOPERM/);
      });
      await expect(
        ask(address.replace(/:[0-9a-f]{64}@/, ':wrong@'), (client) => client.get('a')),
      ).rejects.toThrow(/NOPERM|WRONGPASS/);
    });

    it('refuses its user what reconfigures, empties, stops or spies', async () => {
      const refused = [
        'FLUSHALL',
        'FLUSHDB',
        'CONFIG SET maxmemory 1',
        'CONFIG REWRITE',
        'SHUTDOWN',
        'KEYS *',
        'MONITOR',
        'ACL LIST',
        'DEBUG JMAP',
      ];
      await ask(address, async (client) => {
        expect(await client.call('ACL', 'WHOAMI')).toBe('guanlan');
        for (const [command = '', ...words] of refused.map((line) => line.split(' ')))
          await expect(client.call(command, ...words), command).rejects.toThrow(/NOPERM|not allowed/);
      });
    });

    it('keeps the password out of the list of processes and off the disk', () => {
      const { password } = new URL(address);
      const words = execFileSync('ps', ['-o', 'args=', '-p', String(server.pid)], { encoding: 'utf8' });
      expect(words).toContain('redis-server');
      expect(words).not.toContain(password);
      const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).map((name) => join(data, name));
      expect(files).not.toEqual([]);
      for (const file of files.filter((one) => statSync(one).isFile()))
        expect(readFileSync(file, 'utf8').includes(password), file).toBe(false);
    });

    it('appends to its log, evicts nothing, and has after a restart what it had', async () => {
      const settings = await ask(address, (client) => client.config('GET', '*'));
      expect(Object.fromEntries(pairsOf(settings))).toMatchObject({
        appendonly: 'yes',
        appendfsync: 'everysec',
        save: '',
        maxmemory: String(384 * 1024 * 1024),
        'maxmemory-policy': 'noeviction',
      });
      await ask(address, (client) => client.set('kept', '观澜'));
      await stop();
      await start();
      expect(await ask(address, (client) => client.get('kept'))).toBe('观澜');
    });

    it('shows the doctor that it is as it should be', async () => {
      expect(await inspectRedis(address, 'guanlan')).toMatchObject({
        maxmemoryPolicy: 'noeviction',
        appendOnly: true,
      });
    });

    it('lets processes tell each other of changes', async () => {
      const announcer = openRedisAnnouncer({ redisUrl: address, prefix: 'guanlan' });
      const heard: string[] = [];
      const stopListening = announcer.listen(({ subject }) => void heard.push(subject));
      await until('an announcement that is heard', () => {
        announcer.announce({ topic: 'case.decided', subject: 'case-1' });
        return heard.includes('case-1');
      });
      stopListening();
      await announcer.close();
    });

    describe('serves the queue, whose user may do all that it needs', () => {
      let queues = 0;
      jobQueueContract(async (options) => {
        queues += 1;
        const queue = openBullQueue({ ...options, redisUrl: address, prefix: `deploy_${queues}` });
        return {
          queue,
          pass: async (ms) => void (await setTimeout(ms)),
          nowMs: () => performance.now(),
          close: () => queue.close(),
        };
      }, 10);
    });
  },
);
