import { describe, expect, test } from 'vitest';
import { assertNoToneByUnit, assertPeriod, bucketsOf, narrowTo, weekdayOf, withinSight } from './trend.ts';
import { writeEvidence } from './trend-evidence.ts';

describe('points of a period', () => {
  const names = (fromDay: string, toDay: string, grain: 'day' | 'week' | 'month') =>
    bucketsOf({ fromDay, toDay }, grain).map(({ at, ...days }) => [at, days.fromDay, days.toDay]);

  test('weeks begin on Monday; the first and the last are cut', () => {
    expect(weekdayOf('2026-03-01')).toBe(7);
    expect(names('2026-02-28', '2026-03-10', 'week')).toEqual([
      ['2026-02-23', '2026-02-28', '2026-03-01'],
      ['2026-03-02', '2026-03-02', '2026-03-08'],
      ['2026-03-09', '2026-03-09', '2026-03-10'],
    ]);
  });

  test('months and days', () => {
    expect(names('2026-02-28', '2026-03-01', 'month')).toEqual([
      ['2026-02', '2026-02-28', '2026-02-28'],
      ['2026-03', '2026-03-01', '2026-03-01'],
    ]);
    expect(names('2026-02-28', '2026-03-01', 'day')).toHaveLength(2);
    expect(bucketsOf({ fromDay: '2026-02-28', toDay: '2026-03-01' }, 'hour')).toHaveLength(48);
  });
});

test('a period has an end, and not too late', () => {
  assertPeriod({ fromDay: '2026-01-01', toDay: '2027-02-04' });
  for (const [fromDay, toDay, field] of [
    ['2026-01-01', '2027-02-05', 'fromDay'],
    ['2026-01-02', '2026-01-01', 'toDay'],
    // The day after is year 10000, which as text lies before: counting on would never end.
    ['9999-12-01', '9999-12-31', 'fromDay'],
    ['2199-12-15', '2200-01-05', 'toDay'],
    ['0001-01-01', '0001-01-02', 'fromDay'],
  ] as const)
    expect(() => assertPeriod({ fromDay, toDay })).toThrow(expect.objectContaining({ field }));
});

describe('tone is no figure of a unit (R7)', () => {
  test.each([
    [{ tones: ['negative' as const], units: ['logistics'] }, [], 'tones'],
    [{ tones: ['negative' as const] }, [{ field: 'split', dimension: 'unit' as const }], 'tones'],
    [{ units: ['logistics'] }, [{ field: 'split', dimension: 'tone' as const }], 'split'],
    [
      {},
      [
        { field: 'rows', dimension: 'unit' as const },
        { field: 'columns', dimension: 'tone' as const },
      ],
      'columns',
    ],
  ])('%j by %j', (filter, by, field) => {
    expect(() => assertNoToneByUnit(filter, by)).toThrow(expect.objectContaining({ field }));
  });

  test('each alone may be asked for', () => {
    assertNoToneByUnit({ tones: ['negative'] }, [{ field: 'split', dimension: 'topic' }]);
    assertNoToneByUnit({ units: ['logistics'] }, [{ field: 'split', dimension: 'level' }]);
  });
});

test('of one’s own unit alone', () => {
  const own = { units: ['library'] };
  expect(withinSight({}, own)).toEqual({ units: ['library'] });
  expect(withinSight({ units: ['library'], levels: ['low'] }, own)).toEqual({
    units: ['library'],
    levels: ['low'],
  });
  for (const unit of ['logistics', '-'])
    expect(() => withinSight({ units: [unit] }, own)).toThrow(expect.objectContaining({ field: 'units' }));
  expect(withinSight({ units: ['logistics'] }, { units: 'all' })).toEqual({ units: ['logistics'] });
  // Nobody's head sees nothing.
  expect(withinSight({}, { units: [] })).toEqual({ units: [] });
});

test('what a figure was counted from stands in an address', () => {
  const filter = narrowTo({ channels: ['weibo', 'wechat'] }, 'unit', '-');
  expect(
    writeEvidence({ about: 'items', fromDay: '2026-03-01', toDay: '2026-03-02', speaker: 'public', filter }),
  ).toBe('about=items&fromDay=2026-03-01&toDay=2026-03-02&speaker=public&channels=weibo,wechat&units=-');
});
