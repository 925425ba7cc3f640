import { beforeEach, describe, expect, it } from 'vitest';
import { RequestLimits } from './request-limits.ts';

let now: number;
let limits: RequestLimits;
const allowance = { points: 60 };
beforeEach(() => {
  now = 1000;
  limits = new RequestLimits(() => now);
});
const spend = (cost = 1, caller = 'a') => limits.spend(caller, cost, allowance);

describe('what one caller may ask for', () => {
  it('is so much at once, then evenly so much a minute', () => {
    for (let n = 1; n <= 60; n += 1) expect(spend().waitMs).toBe(0);
    expect(spend()).toEqual({ limit: 60, remaining: 0, resetSeconds: 60, waitMs: 1000 });
    now += 999;
    expect(spend().waitMs).toBe(1);
    now += 1;
    expect(spend().waitMs).toBe(0);
    now += 60_000;
    expect(spend()).toMatchObject({ remaining: 59, waitMs: 0 });
  });

  it('is not taken from it by another', () => {
    for (let n = 1; n <= 60; n += 1) spend();
    expect(spend(1, 'b').waitMs).toBe(0);
  });

  it('may be dearer; dearer than everything waits for a full bucket', () => {
    expect(spend(20)).toMatchObject({ remaining: 40 });
    expect(spend(100).waitMs).toBe(20_000);
    now += 20_000;
    expect(spend(100)).toMatchObject({ remaining: 0, waitMs: 0 });
  });

  it('a refused request costs nothing', () => {
    spend(60);
    for (let n = 0; n < 5; n += 1) spend(10);
    now += 10_000;
    expect(spend(10).waitMs).toBe(0);
  });
});
