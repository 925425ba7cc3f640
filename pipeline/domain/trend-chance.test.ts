import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chanceOf, spreadOf } from './trend-chance.ts';

describe('the chance that nothing has changed', () => {
  /** From R 4: `poisson.test(c(a, b), c(days, days))$p.value` and `binom.test(x, n, p)$p.value`. */
  test.each([
    ['documentation of poisson.test', [11, 800], [21, 3011], 0.07967],
    ['documentation of binom.test', [682, 3], [243, 1], 0.3825],
    ['3 and 5', [5, 7], [3, 7], 0.7265625],
    ['all on one side', [10, 1], [0, 1], 2 / 1024],
    ['the same', [40, 7], [40, 7], 1],
    ['nothing', [0, 7], [0, 7], 1],
  ] as const)('%s', (_name, [a, days], [b, before], p) => {
    expect(chanceOf({ count: a, days }, { count: b, days: before })).toBeCloseTo(p, 4);
  });

  test('does not depend on which of the two is asked for', () => {
    const [a, b] = [
      { count: 61, days: 7 },
      { count: 150, days: 28 },
    ];
    expect(chanceOf(a, b)).toBeCloseTo(chanceOf(b, a), 9);
  });

  test('large counts are weighed, too', () => {
    const half = { count: 500_000, days: 7 };
    expect(chanceOf(half, half)).toBeCloseTo(1, 6);
    // Taken for fewer than they are, which claims less, and still enough.
    expect(chanceOf({ count: 520_000, days: 7 }, half)).toBeLessThan(0.01);
  });
});

describe('how much days differ', () => {
  test('by their variance and mean, 1 at least, over both periods', () => {
    expect(spreadOf([[4, 4, 4, 4, 4]])).toBe(1);
    // Variance 250, mean 10.
    expect(spreadOf([[0, 0, 0, 25, 25]])).toBeCloseTo(750 / 10 / 4, 9);
    expect(
      spreadOf([
        [0, 0, 0, 25, 25],
        [10, 10, 10, 10, 10],
      ]),
    ).toBeCloseTo(75 / 8, 9);
    expect(spreadOf([[0, 0, 0, 0, 0]])).toBe(1);
  });

  test('is unknown for a few days', () => {
    expect(
      spreadOf([
        [4, 9],
        [1, 2, 3, 4, 5],
      ]),
    ).toBeNull();
  });
});

test('is what all outcomes that are as improbable come to, one by one', () => {
  const counts = fc.tuple(
    fc.nat(60),
    fc.nat(60),
    fc.integer({ min: 1, max: 30 }),
    fc.integer({ min: 1, max: 30 }),
  );
  fc.assert(
    fc.property(counts, ([now, before, nowDays, beforeDays]) => {
      const [all, share] = [now + before, nowDays / (nowDays + beforeDays)];
      let ways = (1 - share) ** all;
      const outcomes: number[] = [];
      for (let k = 0; k <= all; k += 1) {
        outcomes.push(ways);
        ways *= ((all - k) / (k + 1)) * (share / (1 - share));
      }
      const seen = outcomes[now] ?? 0;
      const expected = outcomes.filter((one) => one <= seen * (1 + 1e-7)).reduce((sum, one) => sum + one, 0);
      const found = chanceOf({ count: now, days: nowDays }, { count: before, days: beforeDays });
      expect(found).toBeCloseTo(Math.min(1, expected), 9);
    }),
    { numRuns: 300 },
  );
});
