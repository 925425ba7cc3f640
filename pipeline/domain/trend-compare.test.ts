import { describe, expect, test } from 'vitest';
import type { Cover } from './coverage.ts';
import { baselineOf, compareCounts, whyNoClaim } from './trend-compare.ts';

const week = (count: number) => ({ count, days: 7 });
const known = { spread: 1, noClaim: null };

describe('what is said of two counts', () => {
  test('3 and then 5 is no rise, nor anything', () => {
    expect(compareCounts(week(5), week(3), known)).toEqual({ change: null, reason: 'too-few' });
  });

  test('what may be chance is called unclear', () => {
    const { change } = compareCounts(week(30), week(20), known);
    expect(change).toMatchObject({ difference: 10, ratio: 1.5, direction: 'unclear' });
    expect(change?.chance).toBeGreaterThan(0.1);
  });

  test('more and fewer, by the day', () => {
    expect(compareCounts(week(60), week(20), known).change?.direction).toBe('more');
    expect(compareCounts(week(20), week(60), known).change?.direction).toBe('fewer');
    const month = { count: 240, days: 28 };
    expect(compareCounts(week(60), month, known).change).toMatchObject({ ratio: 1, direction: 'unclear' });
    expect(compareCounts(week(30), week(0), known).change?.ratio).toBeNull();
  });

  test('what comes in bunches takes more to be clear', () => {
    expect(compareCounts(week(60), week(20), { spread: 8, noClaim: null }).change?.direction).toBe('unclear');
  });

  test('nothing over a gap, however many', () => {
    const over = { spread: 1, noClaim: 'gap' as const };
    expect(compareCounts(week(600), week(20), over)).toEqual({ change: null, reason: 'gap' });
  });
});

test('the gravest lack says why', () => {
  const cover = (...whys: ('gap' | 'pending' | 'unobserved')[]): Cover => ({
    complete: whys.length === 0,
    filled: [],
    shortfalls: whys.map((why) => ({ channelId: 'c', why, cause: null, hours: 1, whole: false })),
  });
  expect(whyNoClaim([cover(), cover()])).toBeNull();
  expect(whyNoClaim([cover('pending'), cover()])).toBe('unfinished');
  expect(whyNoClaim([cover('pending'), cover('gap')])).toBe('gap');
  expect(whyNoClaim([cover('gap'), cover('unobserved')])).toBe('not-observed');
});

describe('what a period is compared with', () => {
  const period = { fromDay: '2028-03-01', toDay: '2028-03-07' };
  test('is as long as it', () => {
    expect(baselineOf(period, 'previous', undefined)).toEqual({ fromDay: '2028-02-23', toDay: '2028-02-29' });
    expect(baselineOf(period, 'last-year', undefined)).toEqual({
      fromDay: '2027-03-01',
      toDay: '2027-03-07',
    });
    const leap = baselineOf({ fromDay: '2028-02-29', toDay: '2028-02-29' }, 'last-year', undefined);
    expect(leap).toEqual({ fromDay: '2027-02-28', toDay: '2027-02-28' });
    const other = { fromDay: '2028-01-01', toDay: '2028-01-07' };
    expect(baselineOf(period, 'other', '2028-01-01')).toEqual(other);
  });

  test('is told, and lies apart', () => {
    expect(() => baselineOf(period, 'other', undefined)).toThrow(
      expect.objectContaining({ field: 'againstFromDay' }),
    );
    expect(() => baselineOf(period, 'other', '2028-02-25')).toThrow(
      expect.objectContaining({ field: 'againstFromDay' }),
    );
    // Counted on as text, it would never end.
    expect(() => baselineOf(period, 'other', '9999-12-28')).toThrow(
      expect.objectContaining({ field: 'againstFromDay' }),
    );
    const long = { fromDay: '2027-01-01', toDay: '2028-01-20' };
    expect(() => baselineOf(long, 'last-year', undefined)).toThrow(
      expect.objectContaining({ field: 'toDay' }),
    );
  });
});
