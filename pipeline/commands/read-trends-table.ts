import { type ChannelCoverage, type Cover, coverOf, stretchOfDays } from '../domain/coverage.ts';
import { InvalidInput } from '../domain/errors.ts';
import {
  assertNoToneByUnit,
  assertPeriod,
  narrowTo,
  type TrendDimension,
  type TrendQuestion,
} from '../domain/trend.ts';
import { itemEvidence } from '../domain/trend-evidence.ts';
import {
  type Behind,
  countItems,
  coverageOf,
  narrowToSight,
  readBehind,
  sumByValue,
  sumOf,
  type TrendReader,
} from './read-trends-counts.ts';

export interface TableQuestion extends TrendQuestion {
  rows: TrendDimension;
  columns: TrendDimension;
}

interface Counted {
  count: number;
  evidence: string;
}

/** In the order of their values, never of their counts: no ranking. Items with two categories count for both. */
export interface TrendTable {
  rows: (Counted & { value: string })[];
  columns: (Counted & { value: string })[];
  /** Those that are not zero. */
  cells: (Counted & { row: string; column: string })[];
  total: Counted;
  cover: Cover;
  coverage: ChannelCoverage[];
  behind: Behind;
}

const mostCells = 5000;

/** One dimension by another. @throws InvalidInput for tone by unit, twice the same dimension, or as for a series */
export async function readTable(asked: TableQuestion, reader: TrendReader): Promise<TrendTable> {
  const { rows, columns } = asked;
  assertPeriod(asked);
  if (rows === columns) throw new InvalidInput('columns', '行和列请选不同的内容。');
  assertNoToneByUnit(asked.filter, [
    { field: 'rows', dimension: rows },
    { field: 'columns', dimension: columns },
  ]);
  const question = { ...asked, filter: await narrowToSight(asked.filter, reader) };
  const { filter } = asked;
  const count = (dimensions: TrendDimension[]) => countItems(question, { dimensions, time: 'none' }, reader);
  const found = await count([rows, columns]);
  if (found.length > mostCells) throw new InvalidInput('rows', '表格太大，请先筛选。');
  const proof = (narrowed: TrendQuestion['filter']) => itemEvidence({ ...asked, filter: narrowed });
  const margin = async (dimension: TrendDimension) =>
    [...sumByValue(await count([dimension]))]
      .map(([value, sum]) => ({ value, count: sum, evidence: proof(narrowTo(filter, dimension, value)) }))
      .sort((a, b) => (a.value < b.value ? -1 : 1));
  const coverage = await coverageOf(question, reader);
  return {
    rows: await margin(rows),
    columns: await margin(columns),
    cells: found.map(({ values: [row = '', column = ''], count: sum }) => ({
      ...{ row, column, count: sum },
      evidence: proof(narrowTo(narrowTo(filter, rows, row), columns, column)),
    })),
    total: { count: sumOf(await count([])), evidence: proof(filter) },
    cover: coverOf(coverage, stretchOfDays(question.fromDay, question.toDay)),
    coverage,
    behind: await readBehind(reader),
  };
}
