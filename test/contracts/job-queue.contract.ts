import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotFound, Permanent, RetryLater } from '../../pipeline/domain/errors.ts';
import type { Job, JobFailure, JobHandler, JobQueue, OnJobFailure } from '../../pipeline/ports/job-queue.ts';
import { until } from '../harness/until.ts';
import { jobOf, type QueueFixture, rateCases, scheduleCases, topic } from './job-queue-times.contract.ts';

export interface QueueOptions {
  maxAttempts: number;
  backoffMs: number;
  onFailure: OnJobFailure;
}

export interface OpenedQueue {
  queue: JobQueue;
  /** Lets this much of the queue's time pass. */
  pass(ms: number): Promise<void>;
  /** The queue's time. */
  nowMs(): number;
  close(): Promise<void>;
}

/** A handler that stays inside until it is let go, and notes who came. */
function gatedHandler() {
  const started: string[] = [];
  const gates = new Map<string, () => void>();
  const handler: JobHandler = (job) => {
    started.push(job.key);
    return new Promise<void>((resolve) => gates.set(job.key, resolve));
  };
  return { started, handler, letGo: (key: string) => gates.get(key)?.() };
}

/**
 * @param slow what the intervals of the cases are multiplied with: 1 where time stands still until told otherwise; more
 *   where it really passes, so that what lies between two steps of a case cannot take longer than an interval
 */
export function jobQueueContract(open: (options: QueueOptions) => Promise<OpenedQueue>, slow = 1): void {
  let opened: OpenedQueue;
  let queue: JobQueue;
  let failures: JobFailure[];

  beforeEach(async () => {
    const told: JobFailure[] = [];
    failures = told;
    opened = await open({
      maxAttempts: 3,
      backoffMs: 20 * slow,
      onFailure: (failure) => told.push(failure),
    });
    queue = opened.queue;
  });
  afterEach(() => opened.close());

  const idle = () =>
    until('an idle queue', async () => {
      const { waiting, running } = await queue.counts(topic);
      return waiting + running === 0;
    });

  const fixture: QueueFixture = {
    queue: () => queue,
    failures: () => failures,
    idle,
    slow,
    pass: (ms) => opened.pass(ms * slow),
    now: () => opened.nowMs() / slow,
  };
  deliveryCases(fixture);
  rateCases(fixture);
  scheduleCases(fixture);
  failureCases(fixture);
  endingCases(fixture);
}

function deliveryCases({ queue, idle, slow, pass }: QueueFixture): void {
  describe('delivery', () => {
    it('hands over a job as it was when it was enqueued, also to a handler that comes later', async () => {
      const ids = ['一', '😀', 'c'];
      await queue().enqueue(jobOf('k', ...ids));
      const job: { key: string; topic: string; ids: string[] } = { key: 'k2', topic, ids: ['x'] };
      await queue().enqueue(job);
      job.ids.push('added later');
      const seen: Job[] = [];
      queue().process(topic, { concurrency: 1 }, async (got) => void seen.push(got));
      await until('both jobs', () => seen.length === 2);
      expect(seen).toEqual([
        { key: 'k', topic, ids, interrupted: 0 },
        { key: 'k2', topic, ids: ['x'], interrupted: 0 },
      ]);
    });

    it('takes two jobs with one key as one while the first waits or runs, and as two afterwards', async () => {
      const { started, handler, letGo } = gatedHandler();
      await queue().enqueue(jobOf('k', 'a'));
      await queue().enqueue(jobOf('k', 'a'));
      expect((await queue().counts(topic)).waiting).toBe(1);
      queue().process(topic, { concurrency: 2 }, handler);
      await until('the first', () => started.length === 1);
      await queue().enqueue(jobOf('k', 'a'));
      expect(await queue().counts(topic)).toMatchObject({ waiting: 0, running: 1 });
      letGo('k');
      await idle();
      await queue().enqueue(jobOf('k', 'a'));
      await until('the second', () => started.length === 2);
      letGo('k');
    });

    it('keeps equal keys of different topics apart', async () => {
      const seen: string[] = [];
      for (const name of ['one', 'two'])
        queue().process(name, { concurrency: 1 }, async (job) => void seen.push(job.topic));
      await queue().enqueue({ key: 'k', topic: 'one', ids: [] });
      await queue().enqueue({ key: 'k', topic: 'two', ids: [] });
      await until('both', () => seen.length === 2);
      expect(seen.sort()).toEqual(['one', 'two']);
    });

    it('holds a delayed job back, and knows its key meanwhile', async () => {
      const seen: string[] = [];
      queue().process(topic, { concurrency: 1 }, async (job) => void seen.push(job.key));
      await queue().enqueue(jobOf('late'), { delayMs: 60 * slow });
      await queue().enqueue(jobOf('late'));
      await queue().enqueue(jobOf('now'));
      await until('the prompt one', () => seen.length === 1);
      expect(seen).toEqual(['now']);
      expect((await queue().counts(topic)).delayed).toBe(1);
      await pass(60);
      await until('the delayed one', () => seen.length === 2);
      await idle();
      expect(await queue().counts(topic)).toEqual({ waiting: 0, delayed: 0, running: 0, dead: 0 });
    });

    it('goes by priority, then by age', async () => {
      await queue().enqueue(jobOf('low'), { priority: 9 });
      await queue().enqueue(jobOf('usual-1'));
      await queue().enqueue(jobOf('usual-2'), { priority: 5 });
      await queue().enqueue(jobOf('first'), { priority: 1 });
      const seen: string[] = [];
      queue().process(topic, { concurrency: 1 }, async (job) => void seen.push(job.key));
      await until('all four', () => seen.length === 4);
      expect(seen).toEqual(['first', 'usual-1', 'usual-2', 'low']);
    });

    it('runs no more of a topic at a time than allowed', async () => {
      const { started, handler, letGo } = gatedHandler();
      for (const key of ['a', 'b', 'c', 'd']) await queue().enqueue(jobOf(key));
      queue().process(topic, { concurrency: 2 }, handler);
      await until('two', () => started.length === 2);
      expect(await queue().counts(topic)).toMatchObject({ waiting: 2, running: 2 });
      letGo('a');
      await until('the third', () => started.length === 3);
      expect(await queue().counts(topic)).toMatchObject({ waiting: 1, running: 2 });
      for (const key of ['b', 'c']) letGo(key);
      await until('the fourth', () => started.length === 4);
      letGo('d');
      await idle();
    });

    it('has one handler a topic', () => {
      queue().process(topic, { concurrency: 1 }, async () => {});
      expect(() => queue().process(topic, { concurrency: 1 }, async () => {})).toThrow(/handler/);
    });
  });
}

function failureCases({ queue, failures, idle, slow, pass }: QueueFixture): void {
  describe('failure', () => {
    /** Fails as told, one outcome after the other, then succeeds. */
    const processWith = (outcomes: (Error | undefined)[]) => {
      const calls: string[] = [];
      queue().process(topic, { concurrency: 1 }, async (job) => {
        calls.push(job.key);
        const outcome = outcomes.shift();
        if (outcome !== undefined) throw outcome;
      });
      return calls;
    };
    const passUntilCalled = async (calls: string[], times: number, ms: number) => {
      await pass(ms);
      await until(`call ${times}`, () => calls.length === times);
      await idle();
    };

    it('backs off, then keeps the dead job with its reason', async () => {
      const calls = processWith([new Error('first'), new Error('second'), new Error('数据库没有响应')]);
      await queue().enqueue(jobOf('k', 'a', 'b'));
      await until('one call', () => calls.length === 1);
      await idle();
      expect(await queue().counts(topic)).toMatchObject({ delayed: 1, dead: 0 });
      await passUntilCalled(calls, 2, 20);
      await passUntilCalled(calls, 3, 40);
      expect(await queue().listDead(topic)).toEqual([
        { ...jobOf('k', 'a', 'b'), reason: expect.stringContaining('数据库没有响应'), attempts: 3 },
      ]);
      expect(await queue().counts(topic)).toEqual({ waiting: 0, delayed: 0, running: 0, dead: 1 });
    });

    it('waits longer after every failure', async () => {
      const calls = processWith([new Error('first'), new Error('second')]);
      await queue().enqueue(jobOf('k'));
      await until('one call', () => calls.length === 1);
      await idle();
      await passUntilCalled(calls, 2, 20);
      await pass(20);
      expect((await queue().counts(topic)).delayed).toBe(1);
      await passUntilCalled(calls, 3, 20);
      expect(await queue().listDead(topic)).toEqual([]);
    });

    it('spends no attempt on RetryLater', async () => {
      const later = () => new RetryLater(30 * slow, 'not now');
      const calls = processWith([later(), later(), later(), later(), new Error('x'), new Error('y')]);
      await queue().enqueue(jobOf('k'));
      await until('one call', () => calls.length === 1);
      for (let times = 2; times <= 5; times++) {
        await idle();
        await passUntilCalled(calls, times, 30);
      }
      await passUntilCalled(calls, 6, 20);
      await passUntilCalled(calls, 7, 40);
      expect(await queue().counts(topic)).toEqual({ waiting: 0, delayed: 0, running: 0, dead: 0 });
    });

    it('tells every failure with what becomes of the job', async () => {
      const errors = [new RetryLater(20 * slow, 'not now'), new Error('x'), new Permanent('cannot help')];
      const calls = processWith([...errors]);
      await queue().enqueue(jobOf('k:1'));
      await until('one call', () => calls.length === 1);
      await idle();
      await passUntilCalled(calls, 2, 20);
      await passUntilCalled(calls, 3, 20);
      const fates = ['later', 'again', 'dead'] as const;
      expect(failures()).toEqual(fates.map((fate, i) => ({ topic, key: 'k:1', fate, error: errors[i] })));
    });

    it('buries a Permanent failure at once, and the next job goes on', async () => {
      const calls = processWith([new Permanent('cannot help')]);
      await queue().enqueue(jobOf('bad'));
      await queue().enqueue(jobOf('good'));
      await until('both', () => calls.length === 2);
      await idle();
      expect(await queue().listDead(topic)).toEqual([
        { ...jobOf('bad'), reason: expect.stringContaining('cannot help'), attempts: 1 },
      ]);
    });

    it('survives a handler that throws before its first await', async () => {
      queue().process(topic, { concurrency: 1 }, () => {
        throw new Permanent('thrown, not rejected');
      });
      await queue().enqueue(jobOf('k'));
      await until('death', async () => (await queue().listDead(topic)).length === 1);
    });

    it('runs a dead job again with fresh attempts, on request or when it is enqueued anew', async () => {
      const calls = processWith([new Permanent('a'), new Error('b'), undefined, new Permanent('c')]);
      await queue().enqueue(jobOf('k', 'id'));
      await until('death', async () => (await queue().listDead(topic)).length === 1);
      await queue().rerun(topic, 'k');
      await until('the second call', () => calls.length === 2);
      await idle();
      await passUntilCalled(calls, 3, 20);
      expect((await queue().counts(topic)).dead).toBe(0);
      await queue().enqueue(jobOf('k', 'id'));
      await until('another death', async () => (await queue().listDead(topic)).length === 1);
      await queue().enqueue(jobOf('k', 'id'));
      await until('the fifth call', () => calls.length === 5);
      await idle();
      expect(await queue().listDead(topic)).toEqual([]);
    });

    it('refuses to run again what is not dead', async () => {
      await expect(queue().rerun(topic, 'nobody')).rejects.toThrow(NotFound);
    });
  });
}

function endingCases({ queue }: QueueFixture): void {
  describe('ending', () => {
    it('drains: lets running jobs end and starts none', async () => {
      const { started, handler, letGo } = gatedHandler();
      queue().process(topic, { concurrency: 1 }, handler);
      await queue().enqueue(jobOf('running'));
      await queue().enqueue(jobOf('waiting'));
      await until('the first', () => started.length === 1);
      let drained = false;
      const draining = queue()
        .drain()
        .then(() => {
          drained = true;
        });
      await queue().counts(topic);
      expect(drained).toBe(false);
      letGo('running');
      await draining;
      expect(started).toEqual(['running']);
      expect(await queue().counts(topic)).toMatchObject({ waiting: 1, running: 0 });
      await queue().drain();
    });

    it('closes twice, tells running jobs to stop and waits for them', async () => {
      let stopped = false;
      let started = false;
      queue().process(topic, { concurrency: 1 }, async (_job, signal) => {
        started = true;
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        stopped = true;
      });
      await queue().enqueue(jobOf('k'));
      await until('the start', () => started);
      await Promise.all([queue().close(), queue().close()]);
      expect(stopped).toBe(true);
      await queue().close();
      await expect(queue().enqueue(jobOf('late'))).rejects.toThrow(/closed/);
    });
  });
}
