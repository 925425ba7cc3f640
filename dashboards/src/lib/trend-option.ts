import { t } from '../i18n/t.ts';
import { type ChartLine, lackLabels, type TrendChart } from './trend-chart.ts';
import { hatchOf, lookOf, type Paint } from './trend-paint.ts';
import { formatShare } from './trend-words.ts';

type Option = Record<string, unknown>;

/** As a part of the height: what lies over it is not all missing. */
const lowBand = 0.14;
/** Points that have room for a symbol each. */
const mostSymbols = 62;

export const fontFamily = 'PingFang SC, Hiragino Sans GB, Microsoft YaHei, Noto Sans CJK SC, sans-serif';
const wordsOf = (paint: Paint, fontSize = 12) => ({ color: paint.soft, fontFamily, fontSize });

/** Names of a legend, each once: what misses all and what misses some have one name. */
function legendOf(chart: TrendChart): string[] {
  const bands = new Set(chart.bands.map(({ lack }) => lackLabels[lack]));
  return [...chart.lines.map(({ name }) => name), ...bands];
}

function bandSeries({ bands, labels }: TrendChart, paint: Paint): Option[] {
  return bands.map(({ lack, at, whole }) => ({
    ...{ name: lackLabels[lack], type: 'bar', xAxisIndex: 1, yAxisIndex: 1, silent: true, z: 0 },
    ...{ barWidth: '100%', barGap: '-100%', cursor: 'default' },
    data: labels.map((_, index) => (at.includes(index) ? (whole ? 1 : lowBand) : null)),
    itemStyle: { color: paint.sunken, decal: hatchOf(lack, paint) },
    emphasis: { disabled: true },
  }));
}

/** A line where its figures are whole; over gaps what was counted, as hollow points that nothing joins. */
function lineSeries(chart: TrendChart, line: ChartLine, at: number, paint: Paint): Option[] {
  const { color, stroke, symbol } = lookOf(chart.split, line.value, at, paint);
  const pick = (short: boolean) =>
    line.values.map((value, index) => (line.short[index] === short ? value : null));
  const whole = {
    ...{ name: line.name, type: 'line', connectNulls: false, symbol, symbolSize: 7, z: 3 },
    showSymbol: chart.labels.length <= mostSymbols,
    ...{ data: pick(false), triggerLineEvent: false },
    lineStyle: { color, type: stroke, width: 2.2 },
    itemStyle: { color, decal: { symbol: 'none' } },
    emphasis: { focus: 'none', scale: 1.4 },
  };
  if (!line.short.includes(true)) return [whole];
  const counted = {
    ...{ name: line.name, type: 'scatter', symbol, symbolSize: 8, z: 4, data: pick(true) },
    itemStyle: { color: paint.sheet, borderColor: color, borderWidth: 1.6 },
  };
  return [whole, counted];
}

function barSeries(chart: TrendChart, line: ChartLine, at: number, paint: Paint): Option {
  const { color, pattern } = lookOf(chart.split, line.value, at, paint);
  return {
    ...{ name: line.name, type: 'bar', stack: 'all', barMaxWidth: 36, barCategoryGap: '25%', z: 3 },
    itemStyle: {
      color,
      borderColor: paint.sheet,
      borderWidth: chart.labels.length > mostSymbols / 2 ? 0 : 0.6,
      ...(pattern === null ? {} : { decal: pattern }),
    },
    data: line.values.map((value, index) =>
      line.short[index] && (value ?? 0) > 0
        ? {
            value,
            itemStyle: { color, opacity: 0.55, borderColor: color, borderType: 'dashed', borderWidth: 1 },
          }
        : value,
    ),
  };
}

/** What echarts is asked to draw. @param at the point that is told below the chart; null: none is marked */
export function trendOption(chart: TrendChart, paint: Paint, at: number | null): Option {
  const words = wordsOf(paint);
  const axis = { type: 'category', data: chart.labels };
  const mark =
    at === null
      ? {}
      : {
          markLine: {
            ...{ silent: true, symbol: 'none', animation: false, label: { show: false } },
            ...{ data: [{ xAxis: at }], lineStyle: { color: paint.strong, type: 'solid', width: 1 } },
          },
        };
  const drawn = chart.lines.flatMap((line, index) =>
    chart.as === 'stacked' ? [barSeries(chart, line, index, paint)] : lineSeries(chart, line, index, paint),
  );
  return {
    ...{ animation: false, textStyle: words, backgroundColor: 'transparent' },
    legend: {
      ...{ type: 'scroll', bottom: 0, itemWidth: 26, itemHeight: 12, itemGap: 16 },
      ...{ textStyle: { ...words, color: paint.ink }, data: legendOf(chart), inactiveColor: paint.rule },
      ...{ pageTextStyle: words, pageIconColor: paint.accent, pageIconInactiveColor: paint.rule },
    },
    grid: { left: 4, right: 14, top: 30, bottom: 40, outerBoundsMode: 'same' },
    xAxis: [
      {
        ...axis,
        axisLabel: { ...words, hideOverlap: true },
        axisLine: { lineStyle: { color: paint.strong } },
        axisTick: { show: false },
      },
      { ...axis, show: false },
    ],
    yAxis: [
      {
        ...{ type: 'value', min: 0, minInterval: chart.isShare ? 0 : 1 },
        name: chart.isShare ? t('trends.axisShare') : t('trends.axisCount'),
        nameTextStyle: { ...words, align: 'left' },
        splitLine: { lineStyle: { color: paint.rule } },
        axisLabel: {
          ...words,
          ...(chart.isShare ? { formatter: (value: number) => formatShare(value) } : {}),
        },
      },
      { type: 'value', min: 0, max: 1, show: false },
    ],
    series: [
      ...bandSeries(chart, paint),
      ...drawn.map((one, index) => (index === 0 ? { ...one, ...mark } : one)),
    ],
  };
}

export interface HeatChart {
  columns: readonly string[];
  rows: readonly string[];
  /** By row; null: unknown. */
  values: readonly (readonly (number | null)[])[];
}

/** For a picture: a table by shades of one ink, numbers in it; what is not known is a dash. */
export function heatOption({ columns, rows, values }: HeatChart, paint: Paint): Option {
  const most = Math.max(1, ...values.flat().map((value) => value ?? 0));
  const data = values.flatMap((line, row) =>
    line.map((value, column) => ({
      value: [column, row, value ?? 0],
      ...(value === null ? { itemStyle: { color: paint.sunken, decal: hatchOf('gap', paint) } } : {}),
      label: {
        ...{ show: value !== 0, fontSize: 10, fontFamily },
        color: (value ?? 0) > most * 0.55 ? paint.sheet : paint.ink,
        formatter: () => (value === null ? '—' : String(value)),
      },
    })),
  );
  const axis = { type: 'category', axisTick: { show: false }, axisLine: { show: false } };
  return {
    ...{ animation: false, textStyle: wordsOf(paint), backgroundColor: 'transparent' },
    grid: { left: 4, right: 8, top: 10, bottom: 8, outerBoundsMode: 'same' },
    xAxis: { ...axis, data: [...columns], axisLabel: { ...wordsOf(paint, 11), interval: 0 } },
    yAxis: { ...axis, data: [...rows], inverse: true, axisLabel: wordsOf(paint) },
    visualMap: { show: false, min: 0, max: most, inRange: { color: [paint.sheet, paint.accent] } },
    series: [{ type: 'heatmap', data, itemStyle: { borderColor: paint.rule, borderWidth: 0.8 } }],
  };
}

export interface BarChart {
  names: readonly string[];
  bars: readonly { name: string; values: readonly (number | null)[] }[];
  unit: string;
}

/** Lying bars, a few beside each other: two periods, or median and nine in ten. */
export function barOption({ names, bars, unit }: BarChart, paint: Paint): Option {
  const words = wordsOf(paint);
  return {
    ...{ animation: false, textStyle: words, backgroundColor: 'transparent' },
    legend: { bottom: 0, itemWidth: 26, itemHeight: 12, textStyle: { ...words, color: paint.ink } },
    grid: { left: 4, right: 44, top: 24, bottom: 34, outerBoundsMode: 'same' },
    xAxis: {
      ...{ type: 'value', name: unit, nameLocation: 'end', nameTextStyle: words, axisLabel: words },
      splitLine: { lineStyle: { color: paint.rule } },
    },
    yAxis: {
      ...{ type: 'category', data: [...names], inverse: true, axisTick: { show: false } },
      axisLabel: { ...words, color: paint.ink, width: 150, overflow: 'truncate' },
      axisLine: { lineStyle: { color: paint.strong } },
    },
    series: bars.map(({ name, values }, at) => {
      const { color } = lookOf('kind', null, 0, paint);
      const pale = { color: paint.sunken, borderColor: paint.strong, borderWidth: 1 };
      return {
        ...{ name, type: 'bar', barMaxWidth: 14, data: [...values] },
        itemStyle: at === 0 ? { color } : { ...pale, decal: hatchBar(paint) },
        label: { ...words, show: true, position: 'right' },
      };
    }),
  };
}

const hatchBar = (paint: Paint) => ({
  ...{ symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 4], rotation: 0.785, color: paint.soft },
});
