import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBullQueue } from '../pipeline/adapters/redis/bull-queue.ts';
import { RetryLater } from '../pipeline/domain/errors.ts';
import type { Job, JobFailure, JobQueue } from '../pipeline/ports/job-queue.ts';
import { findBuiltProcess } from './harness/built-program.ts';
import { type RedisServer, startRedisServer } from './harness/redis-server.ts';
import { describeWithRedis } from './harness/services.ts';
import { until } from './harness/until.ts';

const topic = 't';
const jobOf = (key: string, ...ids: string[]): Job => ({ key, topic, ids });
const longMs = 30_000;

/** A server of its own, wherever Redis is there to be tested with: nobody else's may be stopped or wiped. */
describeWithRedis('a Bull queue whose world falls apart', () => {
  let redis: RedisServer;
  let queue: JobQueue;
  let troubles: string[];
  let failures: JobFailure[];
  let started = 0;
  const rejections: unknown[] = [];
  const note = (reason: unknown) => void rejections.push(reason);

  const open = (prefix = String(started)) =>
    openBullQueue({
      redisUrl: redis.url,
      prefix,
      lockMs: 600,
      backoffMs: 50,
      onTrouble: (message) => troubles.push(message),
      onFailure: (failure) => failures.push(failure),
    });

  beforeAll(async () => {
    process.on('unhandledRejection', note);
    redis = await startRedisServer();
  });
  beforeEach(() => {
    started += 1;
    troubles = [];
    failures = [];
    queue = open();
  });
  afterEach(async () => {
    await queue.close();
    expect(rejections).toEqual([]);
  });
  afterAll(async () => {
    await redis.close();
    process.off('unhandledRejection', note);
  });

  const noteKeys = (on = queue) => {
    const seen: string[] = [];
    on.process(topic, { concurrency: 2 }, async (job) => void seen.push(job.key));
    return seen;
  };
  /** Until Redis has it, as somebody would who minds `RetryLater`. */
  const enqueueInTheEnd = (job: Job) =>
    until(
      `a place for ${job.key}`,
      () =>
        queue.enqueue(job).then(
          () => true,
          () => false,
        ),
      longMs,
    );

  describe('Redis goes', () => {
    it('refuses quickly while it is stopped, and works on by itself when it is back', {
      timeout: 60_000,
    }, async () => {
      const seen = noteKeys();
      await queue.enqueue(jobOf('before'));
      await until('the first', () => seen.length === 1);
      await queue.schedule(jobOf('tick'), 300);
      await redis.stop();
      const askedMs = performance.now();
      await expect(queue.enqueue(jobOf('while'))).rejects.toThrow(RetryLater);
      await expect(queue.counts(topic)).rejects.toThrow(RetryLater);
      expect(performance.now() - askedMs).toBeLessThan(4500);
      await setTimeout(2500);
      expect(troubles).toHaveLength(1);
      await redis.start();
      await enqueueInTheEnd(jobOf('after'));
      await until('the job after', () => seen.includes('after'), longMs);
      const ticks = seen.length;
      await until('the schedule', () => seen.length > ticks + 1, longMs);
    });

    it('closes within seconds while it is stopped, with a job under way', { timeout: 40_000 }, async () => {
      let started = false;
      let stopped = false;
      queue.process(topic, { concurrency: 1 }, async (_job, signal) => {
        started = true;
        await once(signal, 'abort');
        stopped = true;
      });
      await queue.enqueue(jobOf('k'));
      await until('the start', () => started);
      await redis.stop();
      const askedMs = performance.now();
      await queue.close();
      expect(stopped).toBe(true);
      expect(performance.now() - askedMs).toBeLessThan(5000);
      await redis.start();
    });

    it('is told once of a wrong password, with the setting, however often it is tried', async () => {
      const url = redis.url.replace('//', '//guanlan:geheim@');
      const refused: string[] = [];
      const stranger = openBullQueue({
        redisUrl: url,
        prefix: 'refused',
        onTrouble: (why) => refused.push(why),
      });
      noteKeys(stranger);
      await expect(stranger.enqueue(jobOf('k'))).rejects.toThrow();
      await setTimeout(3000);
      await stranger.close();
      expect(refused).toEqual([expect.stringMatching(/WRONGPASS.*GUANLAN_REDIS_URL/)]);
      expect(refused[0]).not.toContain('geheim');
    });

    it('starts without it, and closes again', async () => {
      await redis.stop();
      const late = open('late');
      const seen = noteKeys(late);
      await late.schedule(jobOf('tick'), 3_600_000);
      await redis.start();
      await until('the first tick', () => seen.length === 1, longMs);
      await late.close();
      await redis.stop();
      const never = open('never');
      noteKeys(never);
      await never.drain();
      await never.close();
      await redis.start();
    });

    it('refuses quickly while it is frozen, and loses no job', async () => {
      const seen = noteKeys();
      await queue.enqueue(jobOf('before'));
      await until('the first', () => seen.length === 1);
      redis.pause();
      const askedMs = performance.now();
      await expect(queue.enqueue(jobOf('frozen'))).rejects.toThrow(RetryLater);
      expect(performance.now() - askedMs).toBeLessThan(2200);
      redis.continue();
      await enqueueInTheEnd(jobOf('after'));
      await until('the job after', () => seen.includes('after'), longMs);
    });

    it('goes on after it was wiped, schedules included', async () => {
      const seen: string[] = [];
      let letGo = () => {};
      queue.process(topic, { concurrency: 2 }, async (job) => {
        seen.push(job.key);
        if (job.key === 'held') await new Promise<void>((settle) => (letGo = settle));
      });
      await queue.enqueue(jobOf('held'));
      await queue.enqueue(jobOf('later'), { delayMs: 3_600_000 });
      await queue.schedule(jobOf('tick'), 200);
      await until('both', () => seen.length >= 2);
      await redis.wipe();
      letGo();
      expect((await queue.counts(topic)).delayed).toBe(0);
      const ran = seen.length;
      await until('the schedule', () => seen.length > ran + 1, longMs);
      await queue.enqueue(jobOf('held'));
      await until('the job once more', () => seen.filter((key) => key === 'held').length === 2, longMs);
      letGo();
      expect(await queue.listDead(topic)).toEqual([]);
    });
  });

  describe('processes', () => {
    const running = new Set<ChildProcess>();
    afterEach(async () => {
      for (const one of running) {
        one.kill('SIGKILL');
        if (one.exitCode === null && one.signalCode === null) await once(one, 'exit');
      }
      running.clear();
    });
    /** @returns what it has printed so far */
    const startProcess = (tickMs = '') => {
      const args = [findBuiltProcess('bull-process'), redis.url, String(started), '600', tickMs];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      running.add(child);
      const lines: string[] = [];
      child.stdout.on('data', (chunk: Buffer) => lines.push(...chunk.toString().trim().split('\n')));
      return { child, lines };
    };

    it('runs the job of a killed worker again, and says how often it was', { timeout: 60_000 }, async () => {
      await queue.enqueue(jobOf('k', 'hang'));
      for (let death = 0; death < 3; death++) {
        const { child, lines } = startProcess();
        await until('the job', () => lines.includes('k'), longMs);
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      const interrupted: number[] = [];
      queue.process(topic, { concurrency: 2 }, async (job) => void interrupted.push(job.interrupted));
      await until('the job, here', () => interrupted.length === 1, longMs);
      expect(interrupted).toEqual([3]);
      await until('nothing left', async () => (await queue.counts(topic)).running === 0);
      expect(await queue.counts(topic)).toEqual({ waiting: 0, delayed: 0, running: 0, dead: 0 });
    });

    it('buries and tells a job that has killed twenty workers', { timeout: 60_000 }, async () => {
      await queue.enqueue(jobOf('k', 'hang'));
      const client = new Redis(redis.url);
      await client.hset(`{guanlan:${started}}:${topic}:k.k`, 'stalledCounter', '20');
      client.disconnect();
      const { child, lines } = startProcess();
      await until('the job', () => lines.includes('k'), longMs);
      child.kill('SIGKILL');
      const seen = noteKeys();
      await until('its end', () => failures.length === 1, longMs);
      expect(failures).toMatchObject([{ topic, key: 'k', fate: 'dead' }]);
      expect(await queue.listDead(topic)).toMatchObject([
        { ...jobOf('k', 'hang'), reason: expect.stringContaining('limit') },
      ]);
      expect(seen).toEqual([]);
      // Who knows better may try again: from the beginning.
      await queue.rerun(topic, 'k');
      await until('another try', () => seen.length === 1, longMs);
    });

    it('gives each tick of a schedule to one of two, and ends by itself', { timeout: 60_000 }, async () => {
      const two = [startProcess('500'), startProcess('500')];
      await until('both', () => two.every(({ lines }) => lines.includes('ready')), longMs);
      const ticks = () => two.flatMap(({ lines }) => lines).filter((line) => line === 'tick').length;
      const before = ticks();
      const fromMs = performance.now();
      await until('eight ticks', () => ticks() >= before + 8, longMs);
      expect(performance.now() - fromMs).toBeGreaterThan(7 * 500 - 250);
      for (const { child } of two) {
        child.kill('SIGTERM');
        const [code] = await once(child, 'exit');
        expect(code).toBe(0);
      }
    });

    it('takes a key whose job was wiped away while it was being begun', async () => {
      // What Bull leaves when it begins a job that is no more.
      const client = new Redis(redis.url);
      await client.hset(`{guanlan:${started}}:${topic}:k.ghost`, 'processedOn', '1');
      client.disconnect();
      const seen = noteKeys();
      await queue.enqueue(jobOf('ghost'));
      await until('the job', () => seen.length === 1);
    });

    it('takes one key from two processes as one job', async () => {
      const other = open();
      for (const each of [queue, other, queue, other]) await each.enqueue(jobOf('k'));
      await Promise.all([queue, other, queue, other].map((each) => each.enqueue(jobOf('k2'))));
      expect((await queue.counts(topic)).waiting).toBe(2);
      await other.close();
    });
  });
});
