/** Bars or lines over an axis of labels, as days or topics; `lying`: bars from the left, for names that are long. */
export interface SeriesChart {
  kind: 'series';
  title: string;
  unit: string;
  as: 'bars' | 'stacked' | 'lines' | 'lying';
  labels: readonly string[];
  series: readonly ChartSeries[];
}

export interface ChartSeries {
  name: string;
  values: readonly ChartValue[];
  /** At which labels its figure was counted over a gap, by index: it may be too low, and its line is not drawn across. */
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

/** Where something is missing, by what is missing there. */
export interface GapBand {
  /** The names of the series; null for all of the chart alike. */
  of: readonly string[] | null;
  /** Indexes of labels, in order. */
  at: readonly number[];
}

export function gapBands({ labels, series }: SeriesChart): GapBand[] {
  const bands = new Map<string, { of: string[] | null; at: number[] }>();
  for (const at of labels.keys()) {
    const names = series.filter(({ gaps }) => gaps.includes(at)).map(({ name }) => name);
    if (names.length === 0) continue;
    const band = bands.get(names.join('、'));
    if (band !== undefined) band.at.push(at);
    else bands.set(names.join('、'), { of: names.length === series.length ? null : names, at: [at] });
  }
  return [...bands.values()];
}

/** In a legend. */
export const gapBandName = ({ of }: GapBand): string =>
  of === null ? gapName : `采集缺口：${of.join('、')}`;

/** More days than this in a row are told by the first and the last. */
const mostNamed = 2;

/** As `11-16至11-19、11-21`. */
function nameRuns(at: readonly number[], labels: readonly string[]): string {
  const runs: number[][] = [];
  for (const one of at) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === one - 1) run.push(one);
    else runs.push([one]);
  }
  const nameOf = (one: number | undefined) => labels[one ?? -1] ?? '';
  return runs
    .flatMap((run) =>
      run.length > mostNamed ? [`${nameOf(run[0])}至${nameOf(run.at(-1))}`] : run.map(nameOf),
    )
    .join('、');
}

function describeGaps(chart: SeriesChart): string {
  const bands = gapBands(chart);
  const said = bands.map(({ of, at }) => {
    const whose = of === null ? '' : `（${of.join('、')}）`;
    return `采集缺口${whose}：${nameRuns(at, chart.labels)}，数据不全。`;
  });
  const asPoints = chart.as === 'lines' && bands.length > 0 && !isEmptyChart(chart);
  return `${said.join('')}${asPoints ? '缺口处只标出已计入的数，可能偏低，不连线。' : ''}`;
}

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

const gapMark = '（缺口）';

function tabulateSeries({ labels, series, unit }: SeriesChart): string[][] {
  const head = ['', ...series.map((one) => (unit === '' ? one.name : `${one.name}（${unit}）`))];
  const rows = labels.map((label, at) => {
    const isOver = series.map(({ gaps }) => gaps.includes(at));
    const ofAll = isOver.length > 0 && isOver.every(Boolean);
    const cells = series.map(
      ({ values }, one) => `${showValue(values[at])}${isOver[one] && !ofAll ? gapMark : ''}`,
    );
    return [`${label}${ofAll ? gapMark : ''}`, ...cells];
  });
  return [head, ...rows];
}

/** What a picture shows, for who cannot see it: how much, the most and where, and what is missing. */
export const describeChart = (chart: Chart): string => `${chart.title}：${describeFigures(chart)}`;

/** The same without its title, which stands beside it. */
export function describeFigures(chart: Chart): string {
  if (isEmptyChart(chart)) return `本期无数据。${chart.kind === 'series' ? describeGaps(chart) : ''}`;
  switch (chart.kind) {
    case 'series':
      return describeSeries(chart);
    case 'heat':
      return describeHeat(chart);
    case 'spans':
      return describeSpans(chart);
  }
}

function describeSeries(chart: SeriesChart): string {
  const { unit, labels, series } = chart;
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
  return `${parts.join('；')}。${describeGaps(chart)}`;
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
