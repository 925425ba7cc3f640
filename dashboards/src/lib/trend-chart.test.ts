import { describe, expect, it } from 'vitest';
import { buildTrendChart, findLack, summarise } from './trend-chart.ts';
import { trendOption } from './trend-option.ts';
import { lookOf, onPaper, paintOf } from './trend-paint.ts';
import { seriesRows } from './trend-rows.ts';
import type { SeriesAnswer, SeriesPoint } from './trend-words.ts';

const whole: SeriesPoint['cover'] = { complete: true, shortfalls: [], filled: [] };
const missing = (why: 'gap' | 'pending' | 'unobserved', id = 'weibo'): SeriesPoint['cover'] => ({
  complete: false,
  shortfalls: [{ channel: { id, name: id }, why, cause: null, hours: 6, whole: false }],
  filled: [],
});
function point(
  day: number,
  count: number | null,
  cover = whole,
  values: SeriesPoint['values'] = [],
): SeriesPoint {
  const at = `2026-11-0${day}`;
  return {
    at,
    fromDay: at,
    toDay: at,
    count,
    share: null,
    perDay: count,
    cover,
    values,
    evidence: `about=items&at=${at}`,
  };
}
const watched = (id: string): SeriesAnswer['coverage'][number] => ({
  ...{ channel: { id, name: id }, kind: 'watched' as const, readFrom: null, readTo: null },
  ...{ gaps: [], moreGaps: false },
});
const answer = (points: SeriesPoint[], values: SeriesAnswer['values'] = []): SeriesAnswer => ({
  ...{ points, values, behind: { waiting: 0, countedTo: null } },
  coverage: [watched('weibo'), watched('wechat')],
});
const plain = { split: 'none', measure: 'count', form: 'lines' } as const;
type Drawn = { name: string; type: string; data: (number | null)[]; connectNulls?: boolean };
const drawnOf = (series: SeriesAnswer, asked: Parameters<typeof buildTrendChart>[1] = plain) =>
  trendOption(buildTrendChart(series, asked), onPaper, null).series as Drawn[];

describe('a chart of a series', () => {
  it('never draws what is unknown as zero, and never joins over it', () => {
    const series = answer([point(1, 4), point(2, null, missing('unobserved')), point(3, 0)]);
    const line = drawnOf(series).find(({ type }) => type === 'line');
    expect(line?.data).toEqual([4, null, 0]);
    expect(line?.connectNulls).toBe(false);
    const { rows } = seriesRows(series, buildTrendChart(series, plain));
    expect(rows.map(({ cells }) => cells[0]?.isUnknown ?? cells[0]?.text)).toEqual(['4', true, '0']);
  });

  it('hatches a gap, and shows what was counted over it as points that nothing joins', () => {
    const drawn = drawnOf(answer([point(1, 4), point(2, 3, missing('gap')), point(3, 5)]));
    const [band, line, points] = drawn;
    // The other channel missed nothing: a low strip, and not the whole height.
    expect(band?.data[0]).toBeNull();
    expect(band?.data[1]).toBeGreaterThan(0);
    expect(band?.data[1]).toBeLessThan(1);
    expect(line?.data).toEqual([4, null, 5]);
    expect([points?.type, points?.data]).toEqual(['scatter', [null, 3, null]]);
  });

  it('hatches the whole height where all channels were missed', () => {
    const both = { ...missing('gap') };
    both.shortfalls = [...both.shortfalls, ...missing('gap', 'wechat').shortfalls];
    const [band] = drawnOf(answer([point(1, 4), point(2, 3, both)]));
    expect(band?.data).toEqual([null, 1]);
  });

  it('breaks only the line of the channel that missed something', () => {
    const values = [
      { value: 'weibo', count: 2, share: 1, evidence: 'w' },
      { value: 'wechat', count: 1, share: 1, evidence: 'c' },
    ];
    const names = values.map(({ value }) => ({ value, name: value }));
    const chart = buildTrendChart(answer([point(1, 3, missing('gap'), values)], names), {
      ...plain,
      split: 'channel',
    });
    expect(chart.lines.map(({ name, short }) => [name, short[0]])).toEqual([
      ['weibo', true],
      ['wechat', false],
    ]);
  });

  it('counts a value that is not named at a known point as zero, and opens what is', () => {
    const values = [{ value: 'negative', count: 2, share: 0.5, evidence: 'negative-ones' }];
    const series = answer([point(1, 4, whole, values), point(2, 1)], [{ value: 'negative', name: null }]);
    const [line] = buildTrendChart(series, { ...plain, split: 'tone' }).lines;
    expect(line?.values).toEqual([2, 0]);
    expect(line?.evidence).toEqual(['negative-ones', null]);
  });

  it('stacks no categories: an item may be of two', () => {
    const form = { measure: 'count', form: 'stacked' } as const;
    expect(buildTrendChart(answer([]), { ...form, split: 'category' }).as).toBe('lines');
    expect(buildTrendChart(answer([]), { ...form, split: 'level' }).as).toBe('stacked');
  });

  it('tells the worst of what is missing', () => {
    const cover = {
      ...missing('pending'),
      shortfalls: [...missing('pending').shortfalls, ...missing('gap').shortfalls],
    };
    expect(findLack({ count: 1, cover })).toBe('gap');
    expect(findLack({ count: 1, cover: whole })).toBeNull();
  });

  it('takes its peak from whole points alone', () => {
    const sum = summarise([point(1, 4), point(2, 90, missing('gap')), point(3, null, missing('gap'))]);
    expect([sum.total, sum.short, sum.unknown, sum.peak?.count]).toEqual([94, 2, 1, 4]);
  });
});

describe('the looks of values', () => {
  it('tells levels by ink, and on a dark page by light', () => {
    const dark = paintOf((name) => (name === '--ink' ? '#e8e4da' : ''));
    expect(lookOf('level', 'urgent', 0, onPaper).color).toBe(onPaper.levels[3]);
    expect(lookOf('level', 'urgent', 0, dark).color).toBe('#ffffff');
  });

  it('gives the same tone the same look wherever it stands', () => {
    expect(lookOf('tone', 'positive', 0, onPaper)).toEqual(lookOf('tone', 'positive', 2, onPaper));
  });
});
