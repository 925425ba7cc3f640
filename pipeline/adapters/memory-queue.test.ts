import { describe, expect, it } from 'vitest';
import { jobQueueContract } from '../../test/contracts/job-queue.contract.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { until } from '../../test/harness/until.ts';
import { MemoryQueue } from './memory-queue.ts';

describe('MemoryQueue keeps the job queue contract', () => {
  jobQueueContract(async (options) => {
    const clock = new FakeClock();
    const queue = new MemoryQueue({ ...options, after: (delayMs, run) => clock.after(delayMs, run) });
    return {
      queue,
      pass: async (ms) => void clock.advance(ms),
      nowMs: () => Date.parse(clock.now()),
      close: () => queue.close(),
    };
  });
});

describe('MemoryQueue', () => {
  it('runs a delayed job on the real timer', async () => {
    const queue = new MemoryQueue();
    let ran = false;
    queue.process('t', { concurrency: 1 }, async () => {
      ran = true;
    });
    await queue.enqueue({ key: 'k', topic: 't', ids: [] }, { delayMs: 2 });
    await until('the timer', () => ran);
    await queue.close();
  });

  it('does not ring at once for a delay longer than a timer can hold', async () => {
    const queue = new MemoryQueue();
    let ran = false;
    queue.process('t', { concurrency: 1 }, async () => {
      ran = true;
    });
    await queue.enqueue({ key: 'far', topic: 't', ids: [] }, { delayMs: 2 ** 31 + 5 });
    await queue.enqueue({ key: 'near', topic: 'u', ids: [] }, { delayMs: 3 });
    await until('a later timer', async () => (await queue.counts('u')).waiting === 1);
    expect(ran).toBe(false);
    expect((await queue.counts('t')).delayed).toBe(1);
    await queue.close();
  });

  it('empties a long line in linear time', async () => {
    const queue = new MemoryQueue();
    let count = 0;
    for (let i = 0; i < 50_000; i++) await queue.enqueue({ key: String(i), topic: 't', ids: [] });
    queue.process('t', { concurrency: 4 }, async () => void count++);
    await until('all of them', () => count === 50_000);
    await queue.close();
  });

  it('forgets the oldest of more than a thousand dead jobs', async () => {
    const queue = new MemoryQueue({ maxAttempts: 1 });
    queue.process('t', { concurrency: 10 }, async () => {
      throw new Error('dead');
    });
    for (let i = 0; i < 1003; i++) await queue.enqueue({ key: `k${i}`, topic: 't', ids: [] });
    await until('the last death', async () => {
      const { waiting, running } = await queue.counts('t');
      return waiting + running === 0;
    });
    const dead = await queue.listDead('t');
    expect(dead).toHaveLength(1000);
    expect(dead[0]?.key).toBe('k3');
    await queue.close();
  });
});
