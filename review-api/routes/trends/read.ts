import { readSeries } from '../../../pipeline/commands/read-trends.ts';
import { comparePeriods } from '../../../pipeline/commands/read-trends-compare.ts';
import { readWeekHours } from '../../../pipeline/commands/read-trends-hours.ts';
import { readResponses } from '../../../pipeline/commands/read-trends-responses.ts';
import { readTable } from '../../../pipeline/commands/read-trends-table.ts';
import type { Handler } from '../../http/call.ts';
import { openTrendNames } from '../../present/trend.ts';
import {
  presentCompared,
  presentHours,
  presentResponses,
  presentSeries,
  presentTable,
} from '../../present/trend-views.ts';
import { questionOf, readerOf, splitOf } from './asked.ts';

export const readTrendSeries: Handler<'readTrendSeries'> = async (call) => {
  const split = splitOf(call.query);
  const asked = { ...questionOf(call.query), grain: call.query.grain, split };
  const series = await readSeries(asked, readerOf(call));
  return presentSeries(series, split, await openTrendNames(call.deps.directory));
};

export const compareTrends: Handler<'compareTrends'> = async (call) => {
  const { against, againstFromDay } = call.query;
  const split = splitOf(call.query);
  const asked = { ...questionOf(call.query), against, againstFromDay, split };
  const compared = await comparePeriods(asked, readerOf(call));
  return presentCompared(compared, split, await openTrendNames(call.deps.directory));
};

export const readTrendHours: Handler<'readTrendHours'> = async (call) => {
  const hours = await readWeekHours(questionOf(call.query), readerOf(call));
  return presentHours(hours, await openTrendNames(call.deps.directory));
};

export const readTrendTable: Handler<'readTrendTable'> = async (call) => {
  const { rows, columns } = call.query;
  const table = await readTable({ ...questionOf(call.query), rows, columns }, readerOf(call));
  return presentTable(table, { rows, columns }, await openTrendNames(call.deps.directory));
};

export const readTrendResponses: Handler<'readTrendResponses'> = async (call) => {
  const responses = await readResponses(call.query, readerOf(call));
  return presentResponses(responses, await openTrendNames(call.deps.directory));
};
