import {
  type Chart,
  type ChartSeries,
  gapBandName,
  gapBands,
  type HeatChart,
  hasNinth,
  type SeriesChart,
  type SpanChart,
} from '../domain/chart.ts';

/** As wide as the text of a page of A4, in CSS pixels. */
export const chartWidth = 660;

const ink = '#1c2526';
const soft = '#4c585a';
const rule = '#ddd6c8';
const hatch = { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 5], color: '#8c8c82' };
/** Of a gap of all, and of gaps of some: each another. */
const hatches: readonly Record<string, unknown>[] = [
  { ...hatch, rotation: -0.785 },
  { ...hatch, rotation: 0.785, dashArrayY: [1, 8] },
  { ...hatch, rotation: 0 },
  { ...hatch, symbol: 'circle', dashArrayX: [2, 6], dashArrayY: [2, 6] },
];

/** Fills that differ in lightness and in pattern: read in print without colour. No colour of a warning grade among them. */
const fills: readonly { color: string; decal?: Record<string, unknown> }[] = [
  { color: '#0b5c5e' },
  {
    color: '#d5e4e2',
    decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 4], rotation: 0.785, color: '#0b5c5e' },
  },
  { color: '#4c585a', decal: { symbol: 'circle', dashArrayX: [5, 5], dashArrayY: [5, 5], color: '#fff' } },
  {
    color: '#e9e7e1',
    decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0, color: '#626c6c' },
  },
  {
    color: '#6b5b73',
    decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 1.571, color: '#fff' },
  },
  {
    color: '#fff',
    decal: { symbol: 'triangle', dashArrayX: [6, 4], dashArrayY: [6, 4], color: '#4c585a' },
  },
];
const strokes: readonly { color: string; type: string; symbol: string }[] = [
  { color: '#0b5c5e', type: 'solid', symbol: 'circle' },
  { color: '#1c2526', type: 'dashed', symbol: 'emptyTriangle' },
  { color: '#6b5b73', type: 'dotted', symbol: 'rect' },
  { color: '#8c8c82', type: 'solid', symbol: 'emptyDiamond' },
  { color: '#4c585a', type: 'dashed', symbol: 'emptyRect' },
  { color: '#0b5c5e', type: 'dotted', symbol: 'triangle' },
];

type Option = Record<string, unknown>;

const words = { color: ink, fontFamily: 'sans-serif', fontSize: 12 };
const line = { lineStyle: { color: soft } };
const grid = { splitLine: { lineStyle: { color: rule } }, axisLabel: words, axisLine: { show: false } };
const common = { animation: false, textStyle: words, backgroundColor: '#fff' };

const rowHeight = 26;

export function chartHeight(chart: Chart): number {
  if (chart.kind === 'heat') return 70 + chart.rows.length * rowHeight;
  if (chart.kind === 'spans') return 90 + chart.rows.length * rowHeight;
  return chart.as === 'lying' ? 90 + chart.labels.length * rowHeight : 280;
}

/** What echarts is asked to draw. */
export function optionOf(chart: Chart): Option {
  if (chart.kind === 'heat') return heatOption(chart);
  if (chart.kind === 'spans') return spanOption(chart);
  return chart.as === 'lying' ? lyingOption(chart) : seriesOption(chart);
}

const legend = (names: readonly string[]): Option => ({
  bottom: 0,
  itemWidth: 26,
  itemHeight: 13,
  itemGap: 18,
  textStyle: words,
  data: [...names],
  itemStyle: { borderWidth: 0.6 },
});

/** A copy: echarts writes into what it is given. */
const fillOf = (at: number) =>
  structuredClone({ borderColor: soft, borderWidth: 0.6, ...fills[at % fills.length] });

/** As a part of the whole height: what lies over it is not all missing. */
const lowBand = 0.16;

/** A band over the labels of each gap, behind the rest and in the legend: a low one where others miss nothing. */
function bandSeries(chart: SeriesChart): Option[] {
  // What some miss keeps its own pattern whether or not there is a gap of all.
  let some = 0;
  return gapBands(chart).map((band) => {
    const height = band.of === null ? 1 : lowBand;
    const decal = hatches[band.of === null ? 0 : 1 + (some++ % (hatches.length - 1))];
    return {
      ...{ name: gapBandName(band), type: 'bar', xAxisIndex: 1, yAxisIndex: 1 },
      ...{ barWidth: '100%', barGap: '-100%', z: 0 },
      ...{ data: chart.labels.map((_, at) => (band.at.includes(at) ? height : null)) },
      itemStyle: { color: '#f3f1ec', decal: { ...decal } },
    };
  });
}

/** Where its figure is known to be whole, a line; over its gaps what was counted, as points that nothing joins. */
function lineSeries({ name, values, gaps }: ChartSeries, at: number): Option[] {
  const { color, type, symbol } = strokes[at % strokes.length] ?? {
    color: ink,
    type: 'solid',
    symbol: 'circle',
  };
  const isOver = values.map((_, index) => gaps.includes(index));
  const pick = (over: boolean) => values.map((one, index) => (isOver[index] === over ? one : null));
  const whole = {
    ...{ name, type: 'line', connectNulls: false, symbol, symbolSize: 6, showAllSymbol: true },
    data: pick(false),
    lineStyle: { color, type, width: 2 },
    itemStyle: { color },
  };
  if (gaps.length === 0) return [whole];
  const counted = {
    ...{ name, type: 'scatter', symbol: filled(symbol), symbolSize: 7, data: pick(true) },
    itemStyle: { color: '#fff', borderColor: color, borderWidth: 1.4, opacity: 1 },
  };
  return [whole, counted];
}

/** As `emptyRect` without what it begins with. */
const filled = (symbol: string): string => symbol.replace(/^empty/, '').toLowerCase();

/** Names of a legend that have room beside each other. */
const inOneRow = 4;

function seriesOption(chart: SeriesChart): Option {
  const { labels, series, as, unit } = chart;
  const bands = bandSeries(chart);
  const bars = series.map(({ name, values }, at) => ({
    ...{ name, type: 'bar', data: [...values], itemStyle: fillOf(at), barMaxWidth: 34 },
    ...(as === 'stacked' ? { stack: 'all' } : {}),
  }));
  const names = [...series.map(({ name }) => name), ...bands.map((band) => String(band.name))];
  const axis = { type: 'category', data: [...labels] };
  return {
    ...common,
    legend: legend(names),
    grid: { left: 8, right: 12, top: 12, bottom: names.length > inOneRow ? 58 : 40, outerBoundsMode: 'same' },
    xAxis: [
      { ...axis, axisLabel: { ...words, hideOverlap: true }, axisLine: line, axisTick: { show: false } },
      { ...axis, show: false },
    ],
    yAxis: [
      { type: 'value', name: unit, nameTextStyle: words, minInterval: 1, ...grid },
      { type: 'value', max: 1, show: false },
    ],
    series: [...bands, ...(as === 'lines' ? series.flatMap(lineSeries) : bars)],
  };
}

const nameAxis = (labels: readonly string[]): Option => ({
  ...{ type: 'category', data: [...labels], inverse: true, axisTick: { show: false }, axisLine: line },
  axisLabel: { ...words, width: 170, overflow: 'truncate' },
});
const lengthAxis = (unit: string): Option => ({
  ...{ type: 'value', name: unit, nameLocation: 'end', nameTextStyle: words, minInterval: 1 },
  ...grid,
});
const lyingGrid = { left: 8, right: 44, top: 8, bottom: 40, outerBoundsMode: 'same' };

function lyingOption({ labels, series, unit }: SeriesChart): Option {
  const hasGaps = series.some(({ gaps }) => gaps.length > 0);
  return {
    ...common,
    legend: series.length > 1 ? legend(series.map(({ name }) => name)) : { show: false },
    // The mark stands behind the longest bar, too.
    grid: { ...lyingGrid, right: hasGaps ? 96 : lyingGrid.right },
    xAxis: lengthAxis(unit),
    yAxis: nameAxis(labels),
    series: series.map(({ name, values, gaps }, at) => ({
      ...{ name, type: 'bar', itemStyle: fillOf(at), barMaxWidth: 16 },
      data: values.map((value, index) =>
        gaps.includes(index) ? { value, label: { formatter: '{c}（缺口）' } } : value,
      ),
      label: { ...words, show: true, position: 'right' },
    })),
  };
}

function spanOption(chart: SpanChart): Option {
  const { rows, unit } = chart;
  const median = `中位数（${unit}）`;
  const ninth = `九成以内（${unit}）`;
  return {
    ...common,
    legend: legend(hasNinth(chart) ? [median, ninth] : [median]),
    grid: lyingGrid,
    xAxis: lengthAxis(unit),
    yAxis: nameAxis(rows.map(({ label, count }) => `${label}（${count} 件）`)),
    series: [
      {
        ...{ name: median, type: 'bar', barMaxWidth: 14, itemStyle: fillOf(0) },
        data: rows.map((row) => row.median),
      },
      {
        ...{ name: ninth, type: 'scatter', symbol: 'diamond', symbolSize: 13 },
        itemStyle: { color: '#fff', borderColor: ink, borderWidth: 1.6 },
        data: rows.map((row) => row.ninth),
      },
    ],
  };
}

function heatOption({ columns, rows, values }: HeatChart): Option {
  const cells = values.flatMap((line, row) =>
    line.map((value, column) => ({ value: [column, row, value ?? 0], known: value !== null })),
  );
  const most = Math.max(1, ...cells.map(({ value }) => Number(value[2])));
  const labelled = cells.map(({ value, known }) => {
    const dark = Number(value[2]) > most * 0.55;
    const text = known ? (value[2] === 0 ? '' : String(value[2])) : '—';
    return { value, label: { show: true, color: dark ? '#fff' : ink, fontSize: 10, formatter: () => text } };
  });
  const axis = { type: 'category', axisTick: { show: false }, axisLine: { show: false } };
  return {
    ...common,
    grid: { left: 8, right: 8, top: 8, bottom: 8, outerBoundsMode: 'same' },
    xAxis: { ...axis, data: [...columns], axisLabel: { ...words, fontSize: 11, interval: 0 } },
    yAxis: { ...axis, data: [...rows], inverse: true, axisLabel: words },
    visualMap: {
      show: false,
      min: 0,
      max: most,
      inRange: { color: ['#fff', '#d5e4e2', '#5d9997', '#0b5c5e'] },
    },
    series: [{ type: 'heatmap', data: labelled, itemStyle: { borderColor: rule, borderWidth: 0.8 } }],
  };
}
