import { t } from '../i18n/t.ts';
import { findLack, type Lack, lackLabels, type TrendChart } from './trend-chart.ts';
import type { Dimension } from './trend-place.ts';
import {
  type CompareAnswer,
  type ComparedLine,
  type Durations,
  describePoint,
  directionLabels,
  formatMean,
  formatMinutes,
  formatShare,
  inOrder,
  type ResponsesAnswer,
  reasonLabels,
  type SeriesAnswer,
  type TableAnswer,
  valueLabel,
} from './trend-words.ts';

interface FigureCell {
  text: string;
  /** A query of the evidence; null where nothing can be opened. */
  evidence: string | null;
  isUnknown?: boolean;
  /** Words and no figure. */
  isWords?: boolean;
  note?: string;
  /** In [0, 1]: how much of the most. */
  shade?: number;
}

export interface FigureRow {
  key: string;
  name: string;
  cells: FigureCell[];
  lack?: Lack | null;
  isTotal?: boolean;
}

interface Counted {
  count: number;
  evidence: string;
}
const cellOf = ({ count, evidence }: Counted): FigureCell => ({ text: String(count), evidence });
const wordCell = (text: string): FigureCell => ({ text, evidence: null, isWords: true });
const unknownCell: FigureCell = { text: '', evidence: null, isUnknown: true };

/** The same figures as the chart, a line a point. */
export function seriesRows(
  answer: SeriesAnswer,
  chart: TrendChart,
): { columns: string[]; rows: FigureRow[] } {
  const parts = chart.split === 'none' ? [] : chart.lines;
  const show = (value: number) => (chart.isShare ? formatShare(value) : String(value));
  const rows = answer.points.map((point, at): FigureRow => {
    const lack = findLack(point);
    const whole =
      point.count === null ? unknownCell : cellOf({ count: point.count, evidence: point.evidence });
    const share = wordCell(point.share === null ? '' : formatShare(point.share));
    return {
      ...{ key: point.at, name: describePoint(point), lack },
      cells: [
        whole,
        ...(chart.isShare && chart.split === 'none' ? [share] : []),
        ...parts.map(({ values, evidence }): FigureCell => {
          const value = values[at] ?? null;
          if (point.count === null) return unknownCell;
          return value === null ? wordCell('') : { text: show(value), evidence: evidence[at] ?? null };
        }),
        wordCell(lack === null ? t('trends.whole') : lackLabels[lack]),
      ],
    };
  });
  const shares = chart.isShare && chart.split === 'none' ? [t('trends.axisShare')] : [];
  const columns = [t('trends.all'), ...shares, ...parts.map(({ name }) => name), t('trends.completeness')];
  return { columns, rows };
}

/** Rows and columns in the order of their values, never of their counts. */
export function tableRows(
  answer: TableAnswer,
  by: { rows: Dimension; columns: Dimension },
): { columns: string[]; rows: FigureRow[] } {
  const columns = inOrder(by.columns, answer.columns);
  const most = Math.max(1, ...answer.cells.map(({ count }) => count));
  const cells = new Map(answer.cells.map((one) => [`${one.row} ${one.column}`, one]));
  const rows = inOrder(by.rows, answer.rows).map(
    (row): FigureRow => ({
      key: row.value,
      name: valueLabel(by.rows, row.value, row.name),
      cells: [
        ...columns.map(({ value }): FigureCell => {
          const found = cells.get(`${row.value} ${value}`);
          return found === undefined
            ? { text: '0', evidence: null }
            : { ...cellOf(found), shade: found.count / most };
        }),
        cellOf(row),
      ],
    }),
  );
  const total = {
    key: ' ',
    name: t('trends.sum'),
    isTotal: true,
    cells: [...columns.map(cellOf), cellOf(answer.total)],
  };
  return {
    columns: [...columns.map(({ value, name }) => valueLabel(by.columns, value, name)), t('trends.sum')],
    rows: rows.length === 0 ? [] : [...rows, total],
  };
}

/** `+125（2.07 倍）`, or why nothing is said. */
export function describeChange({ change, reason }: ComparedLine): { words: string; note: string } {
  if (change === null)
    return { words: t('trends.noComparison'), note: reason === null ? '' : reasonLabels[reason] };
  const { difference, ratio, chance, direction } = change;
  const signed = difference > 0 ? `+${difference}` : String(difference).replace('-', '−');
  const times = ratio === null ? signed : t('trends.changeTimes', { signed, ratio: formatMean(ratio) });
  const odds = chance < 0.001 ? t('trends.chanceTiny') : t('trends.chance', { chance: formatShare(chance) });
  return { words: `${directionLabels[direction]} ${times}`, note: odds };
}

export function compareRows(answer: CompareAnswer, split: Dimension | 'none'): FigureRow[] {
  const perDay = (value: number | null) =>
    value === null ? '' : t('trends.perDay', { mean: formatMean(value) });
  const row = (key: string, name: string, line: ComparedLine): FigureRow => {
    const { words, note } = describeChange(line);
    return {
      ...{ key, name },
      cells: [
        { ...cellOf(line.now), note: perDay(line.now.perDay) },
        { ...cellOf(line.before), note: perDay(line.before.perDay) },
        { ...wordCell(words), note },
      ],
    };
  };
  const lines =
    split === 'none'
      ? []
      : inOrder(split, answer.lines).map((one) =>
          row(one.value, valueLabel(split, one.value, one.name), one),
        );
  return [...lines, { ...row(' ', t('trends.sum'), answer.total), isTotal: true }];
}

export const responseColumns: readonly string[] = [
  t('trends.sent'),
  t('trends.toReceipt'),
  t('trends.answered'),
  t('trends.answeredLate'),
  t('trends.toAnswer'),
  t('trends.openNow'),
  t('trends.overdueNow'),
  t('trends.decidedOf'),
  t('trends.toDecision'),
];

/** Below three there is no median: it would be somebody's own time. */
function durationCell({ count, medianMinutes, p90Minutes }: Durations): FigureCell {
  if (medianMinutes === null) {
    return wordCell(count === 0 ? '–' : t('trends.fewDurations', { n: count }));
  }
  const note = p90Minutes === null ? {} : { note: t('trends.ninth', { time: formatMinutes(p90Minutes) }) };
  return { ...wordCell(formatMinutes(medianMinutes)), ...note };
}

type ResponseFigures = ResponsesAnswer['total'];
function responseCells(line: ResponseFigures): FigureCell[] {
  const share = line.decidedShare === null ? '' : formatShare(line.decidedShare);
  return [
    ...[cellOf(line.sent), durationCell(line.toReceipt)],
    ...[cellOf(line.answered), cellOf(line.answeredLate), durationCell(line.toAnswer)],
    ...[cellOf(line.openNow), cellOf(line.overdueNow)],
    { ...cellOf(line.decided), note: t('trends.ofOpened', { share, opened: line.opened.count }) },
    durationCell(line.toDecision),
  ];
}

const isQuiet = ({ sent, answered, openNow, opened, decided }: ResponseFigures) =>
  [sent, answered, openNow, opened, decided].every(({ count }) => count === 0);

/** Units and topics in the order of their ids; those with nothing at all are left out. */
export function responseRows(
  lines: ResponsesAnswer['byUnit'],
  dimension: 'unit' | 'topic',
  total: ResponseFigures | null,
): FigureRow[] {
  const rows = inOrder(dimension, lines)
    .filter((line) => !isQuiet(line))
    .map((line) => ({
      key: line.value,
      name: valueLabel(dimension, line.value, line.name),
      cells: responseCells(line),
    }));
  if (total === null) return rows;
  return [...rows, { key: ' ', name: t('trends.sum'), cells: responseCells(total), isTotal: true }];
}
