import { describe, expect, it } from 'vitest';
import { type Chart, describeChart, isEmptyChart, tabulateChart } from './chart.ts';

const days: Chart = {
  ...{ kind: 'series', title: '每日评论', unit: '条', as: 'stacked' },
  labels: ['11-10', '11-11', '11-12'],
  series: [
    { name: '投诉', values: [3, null, 12], gaps: [1] },
    { name: '咨询', values: [0, 1, 2], gaps: [1] },
  ],
};
const spans: Chart = {
  ...{ kind: 'spans', title: '答复用时', unit: '小时' },
  rows: [
    { label: '后勤处', count: 12, median: 20.25, ninth: 52 },
    { label: '教务处', count: 0, median: null, ninth: null },
  ],
};
const heat: Chart = {
  ...{ kind: 'heat', title: '时段', unit: '条', columns: ['0', '1'], rows: ['周一', '周二'] },
  values: [
    [0, 4],
    [null, 9],
  ],
};

describe('a chart in words', () => {
  it('says how much, the most and where, and what is missing', () => {
    expect(describeChart(days)).toBe(
      '每日评论：投诉合计 15 条，最多 12 条（11-12）；咨询合计 3 条，最多 2 条（11-12）。采集缺口：11-11，数据不全。',
    );
    expect(describeChart(heat)).toContain('最多 9 条，在周二 1');
  });

  it('leaves out who has nothing, and says so when nobody has', () => {
    expect(describeChart(spans)).toBe('答复用时：后勤处（12 件）中位 20.3 小时，九成在 52 小时以内。');
    const none: Chart = { ...days, series: [{ name: '投诉', values: [0, null, 0], gaps: [] }] };
    expect(isEmptyChart(none)).toBe(true);
    expect(describeChart(none)).toBe('每日评论：本期无数据。');
    // Nothing came, as far as anybody looked.
    const unseen: Chart = { ...days, series: [{ name: '投诉', values: [0, 0, 0], gaps: [0, 1, 2] }] };
    expect(describeChart(unseen)).toBe('每日评论：本期无数据。采集缺口：11-10至11-12，数据不全。');
    expect([days, spans, heat].some(isEmptyChart)).toBe(false);
  });
});

describe('a gap of one line alone', () => {
  const lines: Chart = {
    ...{ kind: 'series', title: '每日数量', unit: '条', as: 'lines', labels: ['一', '二', '三', '四'] },
    series: [
      { name: '留言', values: [3, 4, 5, 6], gaps: [3] },
      { name: '发布', values: [1, 0, 2, 1], gaps: [0, 1, 2, 3] },
    ],
  };

  it('is said of that one, in words and in its cells', () => {
    expect(describeChart(lines)).toContain(
      '采集缺口（发布）：一至三，数据不全。采集缺口：四，数据不全。缺口处只标出已计入的数，可能偏低，不连线。',
    );
    expect(tabulateChart(lines).slice(1)).toEqual([
      ['一', '3', '1（缺口）'],
      ['二', '4', '0（缺口）'],
      ['三', '5', '2（缺口）'],
      ['四（缺口）', '6', '1'],
    ]);
  });
});

describe('a chart as a table', () => {
  it('has the same figures, what is not known as a dash, and marks a gap', () => {
    expect(tabulateChart(days)).toEqual([
      ['', '投诉（条）', '咨询（条）'],
      ['11-10', '3', '0'],
      ['11-11（缺口）', '—', '1'],
      ['11-12', '12', '2'],
    ]);
    expect(tabulateChart(heat)[2]).toEqual(['周二', '—', '9']);
    expect(tabulateChart(spans)[1]).toEqual(['后勤处', '12', '20.3', '52']);
  });
});
