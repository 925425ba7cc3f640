import { expect, it } from 'vitest';
import { MemoryQueue } from '../../pipeline/adapters/memory-queue.ts';
import { Permanent } from '../../pipeline/domain/errors.ts';
import { judgeTopic } from '../../pipeline/jobs/judge.ts';
import { until } from '../../test/harness/until.ts';
import { buildJobsCommand } from './jobs.ts';

/** A queue in which `keys` died once; run again, they succeed. */
async function openQueueWithDead(keys: readonly string[]) {
  const queue = new MemoryQueue();
  const ran: string[] = [];
  const failing = new Set(keys);
  queue.process(judgeTopic, { concurrency: 1 }, async ({ key }) => {
    if (failing.delete(key)) throw new Permanent('a reason');
    ran.push(key);
  });
  for (const key of keys) await queue.enqueue({ key, topic: judgeTopic, ids: ['post'] });
  await until('the deaths', async () => (await queue.counts(judgeTopic)).dead === keys.length);
  const run = (...args: string[]) =>
    buildJobsCommand(async () => ({ queue, close: async () => {} })).parseAsync(args, { from: 'user' });
  return { queue, ran, run };
}

it('lists dead jobs and changes nothing', async () => {
  const { queue, run } = await openQueueWithDead(['a', 'b']);
  await run();
  expect((await queue.counts(judgeTopic)).dead).toBe(2);
  await queue.close();
});

it('runs one of them again, or all', async () => {
  const { queue, ran, run } = await openQueueWithDead(['a', 'b', 'c']);
  await run('--rerun', 'b');
  await until('the first', () => ran.length === 1);
  expect(ran).toEqual(['b']);
  await run('--rerun-all');
  await until('the rest', () => ran.length === 3);
  expect((await queue.counts(judgeTopic)).dead).toBe(0);
  await queue.close();
});

it('refuses a key that no dead job has, and both options at once', async () => {
  const { queue, run } = await openQueueWithDead(['a']);
  await expect(run('--rerun', 'nobody')).rejects.toThrow(/nobody/);
  await expect(run('--rerun', 'a', '--rerun-all')).rejects.toThrow(/one of them/);
  await queue.close();
});
