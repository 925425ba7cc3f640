import type { HouseFigure } from './house-figures.ts';
import { standing } from './house-figures.ts';
import type { SetFigures } from './set-figures.ts';

const dash = '–';

function figure(value: number | null | undefined, digits = 3): string {
  return value === null || value === undefined ? dash : value.toFixed(digits);
}

/** Columns as wide as their widest cell; the first column is flush left, the others flush right when they hold numbers. */
function layOut(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  return rows
    .map((row) =>
      row
        .map((cell, i) =>
          /^[\d.%–-]+$/.test(cell) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function byClass({ classification }: SetFigures): string {
  if (classification === null) return '';
  return Object.entries(classification.classes)
    .map(([name, { precision, recall }]) => `${name} ${precision.toFixed(3)}/${recall.toFixed(3)}`)
    .join('  ');
}

/** A line a set: how the whole judge answered it. */
export function setTable(sets: readonly SetFigures[]): string {
  const head = ['set', 'rows', 'accuracy', 'macro-F1', 'AUC', 'ECE', 'precision/recall by class', ''];
  const lines = sets.map((one) => [
    one.set,
    String(one.rows),
    figure(one.classification?.accuracy),
    figure(one.classification?.macroF1),
    figure(one.auc),
    figure(one.calibrationError),
    byClass(one),
    one.measured,
  ]);
  return layOut([head, ...lines]);
}

const isShare = ({ name }: HouseFigure): boolean => name.startsWith('findings above low');

function shown(one: HouseFigure, value: number | null): string {
  if (value === null) return dash;
  if (isShare(one)) return `${(value * 100).toFixed(2)}%`;
  return one.atLeast > 1 ? value.toFixed(1) : value.toFixed(3);
}

const standings = { aim: 'aim', reached: 'reached', missed: 'MISSED', 'not measured': dash } as const;

/** A line a figure that the judgement is held to. */
export function houseTable(figures: readonly HouseFigure[]): string {
  const head = ['figure', 'value', 'limit', 'aim', '', 'from'];
  const lines = figures.map((one) => [
    one.name,
    shown(one, one.value),
    shown(one, one.atLeast),
    shown(one, one.aim),
    standings[standing(one)],
    one.from,
  ]);
  return layOut([head, ...lines]);
}
