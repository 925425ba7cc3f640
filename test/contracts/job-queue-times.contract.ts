import { describe, expect, it } from 'vitest';
import type { Job, JobFailure, JobQueue } from '../../pipeline/ports/job-queue.ts';
import { until } from '../harness/until.ts';

/** The cases of the job queue's contract that are about time: rates and schedules. */

export const topic = 'judge';
export const jobOf = (key: string, ...ids: string[]): Job => ({ key, topic, ids });

export interface QueueFixture {
  queue(): JobQueue;
  /** What the queue told of failed jobs. */
  failures(): readonly JobFailure[];
  /** Until nothing waits or runs. */
  idle(): Promise<void>;
  slow: number;
  /** In the cases' milliseconds, as they are before `slow`. */
  pass(ms: number): Promise<void>;
  now(): number;
}

/** Lets time pass, a step after the other, until `times` has so many entries. */
async function passUntil(fixture: QueueFixture, times: readonly number[], count: number, stepMs: number) {
  for (let step = 0; step < 100 && times.length < count; step++) {
    await fixture.pass(stepMs);
    // What a timer began takes some turns of the loop.
    for (let turn = 0; turn < 5; turn++) await fixture.queue().counts(topic);
  }
  expect(times.length).toBeGreaterThanOrEqual(count);
}

export function rateCases(fixture: QueueFixture): void {
  it('begins no more jobs of a topic in a while than its rate allows, whatever the concurrency', async () => {
    const { queue, now, slow } = fixture;
    const times: number[] = [];
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) await queue().enqueue(jobOf(key));
    const options = { concurrency: 6, rate: { jobs: 2, perMs: 40 * slow } };
    queue().process(topic, options, async () => void times.push(now()));
    await until('the first two', () => times.length >= 2);
    await passUntil(fixture, times, 6, 10);
    // The third waits for the first, the fifth for the third; half an interval is left to a machine that is busy.
    expect((times[4] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(60);
    await fixture.idle();
  });

  it('does not let the rate of one topic hold up another', async () => {
    const { queue } = fixture;
    const seen: string[] = [];
    const note = async (job: Job) => void seen.push(job.topic);
    queue().process(topic, { concurrency: 2, rate: { jobs: 1, perMs: 3_600_000 } }, note);
    queue().process('other', { concurrency: 1 }, note);
    for (const key of ['a', 'b']) await queue().enqueue(jobOf(key));
    await until('the first', () => seen.length === 1);
    for (const key of ['a', 'b']) await queue().enqueue({ key, topic: 'other', ids: [] });
    await until('the others', () => seen.length === 3);
    expect(seen).toEqual([topic, 'other', 'other']);
    // A job that waits for its turn keeps nobody from ending.
    await queue().drain();
    expect((await queue().counts(topic)).running).toBe(0);
  });
}

export function scheduleCases(fixture: QueueFixture): void {
  const { queue, slow, pass, now } = fixture;
  const noteTimes = () => {
    const times: number[] = [];
    queue().process(topic, { concurrency: 1 }, async () => void times.push(now()));
    return times;
  };

  describe('schedules', () => {
    it('enqueues now and every so often, once however often it was asked for', async () => {
      const times = noteTimes();
      for (let asked = 0; asked < 3; asked++) await queue().schedule(jobOf('tick', 'id'), 40 * slow);
      await until('the first', () => times.length === 1);
      await passUntil(fixture, times, 4, 10);
      expect((times[3] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(100);
    });

    it('takes the interval it was asked for last', async () => {
      const times = noteTimes();
      await queue().schedule(jobOf('tick'), 3_600_000);
      await until('the first', () => times.length === 1);
      await pass(20);
      await queue().schedule(jobOf('tick'), 20 * slow);
      await passUntil(fixture, times, 3, 10);
      await queue().schedule(jobOf('tick'), 3_600_000);
      await fixture.idle();
      const ran = times.length;
      await pass(60);
      await fixture.idle();
      expect(times.length).toBe(ran);
    });

    it('does not pile up what still waits, and ends when drained', async () => {
      await queue().schedule(jobOf('tick'), 20 * slow);
      await queue().schedule(jobOf('tock'), 20 * slow);
      await pass(50);
      expect(await queue().counts(topic)).toMatchObject({ waiting: 2, delayed: 0 });
      await queue().drain();
      await queue().schedule(jobOf('another'), 20 * slow);
      await pass(30);
      expect(await queue().counts(topic)).toMatchObject({ waiting: 2, delayed: 0 });
    });
  });
}
