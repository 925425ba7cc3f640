/** Bars or lines over an axis of labels, as days or topics; `lying`: bars from the left, for names that are long. */
export interface SeriesChart {
  kind: 'series';
  title: string;
  unit: string;
  as: 'bars' | 'stacked' | 'lines' | 'lying';
  labels: readonly string[];
  series: readonly { name: string; values: readonly ChartValue[] }[];
  /** Which labels lie over a gap, by index: their figures are too low, and no line is drawn across. */
  gaps: readonly number[];
}

/** As by hour and weekday. `values`: a row each, a column each. */
export interface HeatChart {
  kind: 'heat';
  title: string;
  unit: string;
  columns: readonly string[];
  rows: readonly string[];
  values: readonly (readonly ChartValue[])[];
}

/** How long something took: the middle, and what nine of ten stayed below; `count` says of how many. */
export interface SpanChart {
  kind: 'spans';
  title: string;
  unit: string;
  rows: readonly { label: string; count: number; median: ChartValue; ninth: ChartValue }[];
}

/** Null: not known, or not told; it is never drawn as zero. */
export type ChartValue = number | null;

/** A chart as data: drawn by ports/chart-painter.ts, told in words and as a table by what stands here. */
export type Chart = SeriesChart | HeatChart | SpanChart;

export const gapName = '采集缺口（数据不全）';
const unknown = '—';

const showValue = (one: number | null | undefined): string =>
  one === null || one === undefined ? unknown : String(Math.round(one * 10) / 10);

/** Is there nothing to draw? */
export function isEmptyChart(chart: Chart): boolean {
  if (chart.kind === 'series')
    return chart.labels.length === 0 || chart.series.every(({ values }) => values.every((one) => !one));
  if (chart.kind === 'heat') return chart.values.every((row) => row.every((one) => !one));
  return chart.rows.every(({ median }) => median === null);
}

/** The same figures as a table: first a head, then a row each. */
export function tabulateChart(chart: Chart): string[][] {
  switch (chart.kind) {
    case 'series':
      return tabulateSeries(chart);
    case 'heat':
      return [
        ['', ...chart.columns],
        ...chart.rows.map((row, at) => [
          row,
          ...chart.columns.map((_, column) => showValue(chart.values[at]?.[column])),
        ]),
      ];
    case 'spans':
      return tabulateSpans(chart);
  }
}

function tabulateSpans(chart: SpanChart): string[][] {
  const { unit, rows } = chart;
  const width = hasNinth(chart) ? 4 : 3;
  const lines = [
    ['', '件数', `中位（${unit}）`, `九成以内（${unit}）`],
    ...rows.map(({ label, count, median, ninth }) => [
      ...[label, String(count), showValue(median), showValue(ninth)],
    ]),
  ];
  return lines.map((line) => line.slice(0, width));
}

function tabulateSeries({ labels, series, gaps, unit }: SeriesChart): string[][] {
  const gap = new Set(gaps);
  const head = ['', ...series.map((one) => (unit === '' ? one.name : `${one.name}（${unit}）`))];
  const rows = labels.map((label, at) => [
    gap.has(at) ? `${label}（缺口）` : label,
    ...series.map(({ values }) => showValue(values[at])),
  ]);
  return [head, ...rows];
}

/** What a picture shows, for who cannot see it: how much, the most and where, and what is missing. */
export const describeChart = (chart: Chart): string => `${chart.title}：${describeFigures(chart)}`;

/** The same without its title, which stands beside it. */
export function describeFigures(chart: Chart): string {
  if (isEmptyChart(chart)) return '本期无数据。';
  switch (chart.kind) {
    case 'series':
      return describeSeries(chart);
    case 'heat':
      return describeHeat(chart);
    case 'spans':
      return describeSpans(chart);
  }
}

function describeSeries({ unit, labels, series, gaps }: SeriesChart): string {
  const parts = series.map(({ name: one, values }) => {
    const known = values.map((each, at) => ({ each, at })).filter(({ each }) => each !== null);
    const top = known.reduce(
      (a, b) => ((b.each ?? 0) > (a.each ?? 0) ? b : a),
      known[0] ?? { each: null, at: 0 },
    );
    const sum = known.reduce((total, { each }) => total + (each ?? 0), 0);
    if (sum === 0) return `${one}${known.length === 0 ? '未知' : `合计 0 ${unit}`}`;
    return `${one}合计 ${showValue(sum)} ${unit}，最多 ${showValue(top.each)} ${unit}（${labels[top.at] ?? ''}）`;
  });
  const missing = gaps.map((at) => labels[at]).filter((label) => label !== undefined);
  const gap = missing.length === 0 ? '' : `采集缺口：${missing.join('、')}，数据不全。`;
  return `${parts.join('；')}。${gap}`;
}

function describeHeat({ unit, columns, rows, values }: HeatChart): string {
  let top = { value: 0, row: 0, column: 0 };
  for (const [row, line] of values.entries())
    for (const [column, each] of line.entries())
      if ((each ?? 0) > top.value) top = { value: each ?? 0, row, column };
  return `最多 ${showValue(top.value)} ${unit}，在${rows[top.row] ?? ''} ${columns[top.column] ?? ''}。`;
}

/** Does it tell more than the middle? */
export const hasNinth = ({ rows }: SpanChart): boolean => rows.some(({ ninth }) => ninth !== null);

function describeSpans({ unit, rows }: SpanChart): string {
  const parts = rows
    .filter(({ median }) => median !== null)
    .map(({ label, count, median, ninth }) => {
      const most = ninth === null ? '' : `，九成在 ${showValue(ninth)} ${unit}以内`;
      return `${label}（${count} 件）中位 ${showValue(median)} ${unit}${most}`;
    });
  return `${parts.join('；')}。`;
}
