import { describe, expect, it } from 'vitest';
import { dayBefore, daysFrom, drawBars } from './bar-chart.ts';

describe('bars of a small chart', () => {
  it('stand as high as their counts, against the highest', () => {
    const { bars, most } = drawBars([
      { label: 'a', count: 4, isWhole: true },
      { label: 'b', count: 1, isWhole: true },
    ]);
    expect(most).toBe(4);
    expect(bars.map(({ y, height }) => [y, height])).toEqual([
      [0, 100],
      [75, 25],
    ]);
  });

  it('never draw what was not read as none: it is hatched, and what was read of it stands in front', () => {
    const { bars } = drawBars([
      { label: 'unread', count: null, isWhole: false },
      { label: 'quiet', count: 0, isWhole: true },
      { label: 'in part', count: 2, isWhole: false },
    ]);
    expect(bars.map(({ label, isHatched }) => [label, isHatched])).toEqual([
      ['unread', true],
      ['in part', true],
      ['in part', false],
    ]);
  });

  it('leave room for what was expected', () => {
    expect(drawBars([{ label: 'a', count: 1, isWhole: true, expected: 2 }])).toMatchObject({
      most: 2,
      expected: '50,0',
      bars: [{ height: 50 }],
    });
  });

  it('are of every day, over the end of a month', () => {
    expect(daysFrom('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(dayBefore('2026-03-01', 2)).toBe('2026-02-27');
  });
});
