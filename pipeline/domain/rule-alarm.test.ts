import { describe, expect, it } from 'vitest';
import { findRuleAlarms, historyDays, judgeRuleDay } from './rule-alarm.ts';
import { dayBefore } from './time.ts';

const steady = (hits: number, days = historyDays) => Array.from({ length: days }, () => hits);

describe('a day of a rule', () => {
  it.each([
    ['three a day, then forty', steady(3), 40, 'burst'],
    ['once in a while, then ten', [1, ...steady(0, 20), 1, 0, 0], 10, 'burst'],
    ['a hundred a day, then six hundred', steady(100), 600, 'burst'],
    ['a thousand a day, then four thousand', steady(1000), 4000, 'burst'],
    ['a burst three weeks after a burst', [...steady(2, 7), 200, ...steady(2, 20)], 60, 'burst'],
    ['three a day, then seven', steady(3), 7, null],
    ['a hundred a day, then a hundred and thirty', steady(100), 130, null],
    ['a hundred a day, then none', steady(100), 0, null],
    ['hardly ever, then seven', [1, ...steady(0, 27)], 7, null],
    [
      'busy on workdays, then a busy workday',
      [0, 1, 2, 3].flatMap(() => [20, 22, 18, 25, 21, 2, 1]),
      27,
      null,
    ],
    ['new, then twenty', steady(1, 6), 20, null],
    ['new, then thirty', steady(1, 6), 30, 'cap'],
    ['never before, then thirty', [], 30, 'cap'],
    ['never before, then twenty-nine', [], 29, null],
  ] as const)('%s', (_name, history, hits, kind) => {
    expect(judgeRuleDay(history, hits)?.kind ?? null).toBe(kind);
  });

  it('says what was usual', () => {
    expect(judgeRuleDay(steady(3), 40)).toEqual({ kind: 'burst', usual: 3 });
  });
});

/** A small generator that repeats from its seed (xorshift). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
  };
}

function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let left = random(); left > limit; left *= random()) count += 1;
  return count;
}

/** Days whose own mean wavers, as days do: with weekends, and a spread beyond chance. */
const kinds: Record<string, (mean: number, day: number, random: () => number) => number> = {
  even: (mean, _day, random) => poisson(mean, random),
  weekly: (mean, day, random) => poisson(day % 7 < 5 ? mean : mean / 4, random),
  uneven: (mean, _day, random) => poisson(mean * (0.5 + random()), random),
};

describe('by simulation', () => {
  it.each(Object.keys(kinds))('ordinary noise (%s) raises hardly any alarm', (kind) => {
    const random = seeded(20261122);
    const draw = kinds[kind] as (typeof kinds)[string];
    let alarms = 0;
    let days = 0;
    for (const mean of [0.1, 0.5, 2, 8, 30, 100]) {
      for (let rule = 0; rule < 500; rule += 1) {
        const age = 7 + Math.floor(random() * 22);
        const history = Array.from({ length: age }, (_, day) => draw(mean, day, random));
        for (let next = 0; next < 3; next += 1) {
          if (judgeRuleDay(history, draw(mean, age, random))?.kind === 'burst') alarms += 1;
          days += 1;
        }
      }
    }
    // Less than one alarm in 3,000 days of a rule.
    expect(alarms / days).toBeLessThanOrEqual(1 / 3000);
  });

  it('a tenfold day after an ordinary month is found', () => {
    const random = seeded(7);
    let found = 0;
    for (let rule = 0; rule < 500; rule += 1) {
      const mean = 1 + random() * 20;
      const history = Array.from({ length: historyDays }, () => poisson(mean, random));
      if (judgeRuleDay(history, poisson(mean * 10 + 5, random)) !== null) found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(495);
  });
});

describe('the rules in alarm', () => {
  const today = '2026-11-22';
  const quiet = (ruleId: string) =>
    Array.from({ length: historyDays }, (_, index) => ({
      ruleId,
      day: dayBefore(today, index + 2),
      hits: 2,
    }));

  it('are those of today, or of yesterday', () => {
    const counts = [
      ...quiet('a'),
      ...quiet('b'),
      ...quiet('c'),
      { ruleId: 'a', day: today, hits: 50 },
      { ruleId: 'b', day: dayBefore(today, 1), hits: 40 },
      { ruleId: 'b', day: today, hits: 1 },
      { ruleId: 'c', day: dayBefore(today, 2), hits: 50 },
    ];
    expect(findRuleAlarms(counts, today)).toEqual([
      { ruleId: 'a', day: today, hits: 50, kind: 'burst', usual: expect.any(Number) },
      { ruleId: 'b', day: dayBefore(today, 1), hits: 40, kind: 'burst', usual: 2 },
    ]);
  });

  it('counts what a rule hit on trial and live together', () => {
    const counts = [
      ...quiet('a'),
      { ruleId: 'a', day: today, hits: 4 },
      { ruleId: 'a', day: today, hits: 30 },
    ];
    expect(findRuleAlarms(counts, today)).toMatchObject([{ ruleId: 'a', hits: 34 }]);
  });

  it('crosses months and years', () => {
    expect(dayBefore('2027-01-01', 1)).toBe('2026-12-31');
    expect(dayBefore('2028-03-01', 1)).toBe('2028-02-29');
  });
});
