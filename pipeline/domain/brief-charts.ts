import {
  type BriefBlock,
  type BriefCell,
  type BriefNumber,
  type BriefSection,
  type BriefUnit,
  briefUnitNames,
} from './brief.ts';
import type { Chart, ChartSeries, ChartValue } from './chart.ts';

type ChartBlock = Extract<BriefBlock, { kind: 'chart' }>;
type TableBlock = Extract<BriefBlock, { kind: 'table' }>;

const forms = { line: 'lines', bars: 'bars', 'stacked-bars': 'stacked' } as const;

/** More labels than this stand beside each other as days do; names of things lie. */
const longLabel = 6;

/** Each line has the gaps of its own numbers: what others miss is none of its business. */
const seriesOf = (name: string, numbers: readonly (BriefNumber | undefined)[]): ChartSeries => ({
  name,
  values: numbers.map((one) => one?.value ?? null),
  gaps: numbers.flatMap((one, at) => (one?.gaps === undefined ? [] : [at])),
});

/** A chart of a brief, for drawing. What is not told is not drawn. */
export function chartOfBlock(block: ChartBlock): Chart {
  const { title, unit, labels, series } = block;
  const isNames = block.form === 'bars' && labels.some((label) => [...label].length > longLabel);
  return {
    ...{ kind: 'series', title, unit: briefUnitNames[unit], as: isNames ? 'lying' : forms[block.form] },
    labels,
    series: series.map(({ name, values }) => seriesOf(name, values)),
  };
}

const textOf = (cell: BriefCell | undefined): string => (cell?.kind === 'text' ? cell.text : '');

function numbersAt({ rows }: TableBlock, column: number): BriefNumber[] {
  return rows.flatMap((row) => {
    const cell = row[column];
    return cell?.kind === 'number' ? [cell.number] : [];
  });
}

const valuesAt = (table: TableBlock, column: number): ChartValue[] =>
  numbersAt(table, column).map(({ value }) => value);

function columnOf({ columns }: TableBlock, name: RegExp): number {
  return columns.findIndex(({ title }) => name.test(title));
}

const mostBars = 12;
const leastBars = 2;

/** This period, against the one before where the table has it; all in one unit. */
function growthChart(table: TableBlock, title: string): Chart | null {
  const names = ['上期', '本期'].filter((name) => columnOf(table, new RegExp(`^${name}`)) >= 0);
  const found = names.map((name) => numbersAt(table, columnOf(table, new RegExp(`^${name}`))));
  const units = new Set<BriefUnit>(found.flat().map(({ unit }) => unit));
  const [unit] = units;
  if (unit === undefined || units.size !== 1 || found.some((list) => list.length !== table.rows.length))
    return null;
  const rows = table.rows.slice(0, mostBars);
  return {
    ...{ kind: 'series', unit: briefUnitNames[unit], as: 'lying' },
    title: `${title}：${names.length > 1 ? '与上期比较' : '本期数量'}`,
    labels: rows.map((row) => textOf(row[0])),
    series: names.map((name, at) =>
      seriesOf(
        name,
        rows.map((_, row) => found[at]?.[row]),
      ),
    ),
  };
}

const minutesAnHour = 60;

/** How long units took, with how many answers each; in the table's order, so that nothing is ranked. */
function responseChart(table: TableBlock): Chart | null {
  const column = columnOf(table, /中位数/);
  const counts = valuesAt(table, columnOf(table, /^答复/));
  const medians = valuesAt(table, column);
  if (column < 0 || medians.length !== table.rows.length || counts.length !== medians.length) return null;
  return {
    ...{ kind: 'spans', title: '各单位答复用时', unit: '小时' },
    rows: table.rows.slice(0, mostBars).map((row, at) => {
      const median = medians[at] ?? null;
      return {
        label: textOf(row[0]),
        count: counts[at] ?? 0,
        median: median === null ? null : Math.round((median / minutesAnHour) * 10) / 10,
        ninth: null,
      };
    }),
  };
}

/** What a table says as a picture, for sections where one tells more; null for the others. */
export function chartOfTable(
  { id, title }: Pick<BriefSection, 'id' | 'title'>,
  table: TableBlock,
): Chart | null {
  if (table.rows.length < leastBars) return null;
  if (id === 'responses') return responseChart(table);
  if (id === 'topics') return growthChart(table, title);
  return null;
}
