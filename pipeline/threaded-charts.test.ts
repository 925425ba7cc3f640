import { expect, it } from 'vitest';
import { findChartFont } from './adapters/chart-font.ts';
import type { Chart } from './domain/chart.ts';
import { openThreadedCharts } from './threaded-charts.ts';

const chart: Chart = {
  ...{ kind: 'series', title: '每日评论', unit: '条', as: 'stacked' },
  labels: ['11-10', '11-11'],
  series: [{ name: '投诉', values: [3, 7], gaps: [1] }],
};
const hasFont = (await findChartFont(null)) !== null;

it.skipIf(!hasFont)('paints pictures in a thread, in the order asked', async () => {
  const { charts, notice } = await openThreadedCharts(null).paint([chart, { ...chart, as: 'lying' }], true);
  expect(notice).toBeNull();
  for (const { png } of charts) expect([...(png ?? []).slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  expect(charts.map(({ height }) => height)).toEqual([280, 142]);
});

it('says what to do where no font can be read, and still draws', async () => {
  const { charts, notice } = await openThreadedCharts('/nowhere/font.ttf').paint([chart], true);
  expect(notice).toContain('GUANLAN_CHART_FONT');
  expect(charts).toMatchObject([{ png: null }]);
  expect(charts[0]?.svg).toContain('投诉');
});
