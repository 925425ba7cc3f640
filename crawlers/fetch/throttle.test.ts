import { describe, expect, it } from 'vitest';
import { Throttle, type Timing } from './throttle.ts';

/** Time that stands still until someone sleeps. */
function steppedTiming(): Timing & { slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    nowMs: () => now,
    sleep: async (delayMs, signal) => {
      signal.throwIfAborted();
      slept.push(delayMs);
      now += delayMs;
    },
  };
}

const signal = new AbortController().signal;
const pace = { requestsPerMinute: 60, minGapMs: 0 };

describe('Throttle', () => {
  it('spaces the starts of one host evenly and leaves another alone', async () => {
    const timing = steppedTiming();
    const throttle = new Throttle(timing);
    for (let i = 0; i < 3; i++) (await throttle.enter('a', pace, signal))();
    (await throttle.enter('b', pace, signal))();
    expect(timing.slept).toEqual([1000, 1000]);
  });

  it('takes the site’s own delay as a floor', async () => {
    const timing = steppedTiming();
    const throttle = new Throttle(timing);
    for (let i = 0; i < 2; i++) (await throttle.enter('a', { ...pace, minGapMs: 5000 }, signal))();
    expect(timing.slept).toEqual([5000]);
  });

  it('lets two in and the third only after one has left', async () => {
    const throttle = new Throttle(steppedTiming());
    const leaveFirst = await throttle.enter('a', pace, signal);
    await throttle.enter('a', pace, signal);
    let entered = false;
    const third = throttle.enter('a', pace, signal).then(() => {
      entered = true;
    });
    await new Promise(setImmediate);
    expect(entered).toBe(false);
    leaveFirst();
    leaveFirst();
    await third;
    expect(entered).toBe(true);
  });

  it('an aborted waiter frees its place', async () => {
    const throttle = new Throttle(steppedTiming());
    const leave = await throttle.enter('a', pace, signal);
    await throttle.enter('a', pace, signal);
    const stop = new AbortController();
    const waiter = throttle.enter('a', pace, stop.signal);
    stop.abort(new Error('stopped'));
    await expect(waiter).rejects.toThrow('stopped');
    leave();
    await throttle.enter('a', pace, signal);
  });
});
