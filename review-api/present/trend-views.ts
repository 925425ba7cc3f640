import type { z } from 'zod';
import type { Series } from '../../pipeline/commands/read-trends.ts';
import type { Compared } from '../../pipeline/commands/read-trends-compare.ts';
import type { WeekHours } from '../../pipeline/commands/read-trends-hours.ts';
import type { ResponseLine, Responses } from '../../pipeline/commands/read-trends-responses.ts';
import type { TrendTable } from '../../pipeline/commands/read-trends-table.ts';
import type { TrendDimension } from '../../pipeline/domain/trend.ts';
import type { CompareView, HoursView, ResponsesView, SeriesView, TableView } from '../contract/trends.ts';
import { presentCover, presentStanding, type TrendNames } from './trend.ts';

export function presentSeries(
  series: Series,
  split: TrendDimension | null,
  names: TrendNames,
): z.input<typeof SeriesView> {
  const values = new Set(series.points.flatMap((point) => point.values.map(({ value }) => value)));
  return {
    values: [...values].sort().map((value) => ({ value, name: names.value(split, value) })),
    points: series.points.map(({ bucket: { at, fromDay, toDay }, cover, ...point }) => ({
      ...{ at, fromDay, toDay },
      ...point,
      cover: presentCover(cover, names),
    })),
    ...presentStanding(series, names),
  };
}

export function presentCompared(
  { now, before, spread, total, lines, ...rest }: Compared,
  split: TrendDimension | null,
  names: TrendNames,
): z.input<typeof CompareView> {
  const side = ({ period, cover }: Compared['now']) => ({ ...period, cover: presentCover(cover, names) });
  return {
    ...{ now: side(now), before: side(before), spread, total },
    lines: lines.map(({ value, ...line }) => ({
      ...{ value: value ?? '', name: names.value(split, value ?? '') },
      ...line,
    })),
    ...presentStanding(rest, names),
  };
}

export function presentHours(
  { hours, cover, ...rest }: WeekHours,
  names: TrendNames,
): z.input<typeof HoursView> {
  return { hours, cover: presentCover(cover, names), ...presentStanding(rest, names) };
}

export function presentTable(
  { rows, columns, cells, total, cover, ...rest }: TrendTable,
  by: { rows: TrendDimension; columns: TrendDimension },
  names: TrendNames,
): z.input<typeof TableView> {
  const margin = (dimension: TrendDimension, values: TrendTable['rows']) =>
    values.map((one) => ({ ...one, name: names.value(dimension, one.value) }));
  return {
    ...{ rows: margin(by.rows, rows), columns: margin(by.columns, columns), cells, total },
    cover: presentCover(cover, names),
    ...presentStanding(rest, names),
  };
}

export function presentResponses(
  { total, byUnit, byTopic, cover, ...rest }: Responses,
  names: TrendNames,
): z.input<typeof ResponsesView> {
  const line = (dimension: TrendDimension) => (one: ResponseLine) => {
    const value = one.value ?? '';
    return { ...one, value, name: names.value(dimension, value) };
  };
  const { value: _, ...all } = total;
  return {
    total: all,
    byUnit: byUnit.map(line('unit')),
    byTopic: byTopic?.map(line('topic')) ?? null,
    cover: presentCover(cover, names),
    ...presentStanding(rest, names),
  };
}
