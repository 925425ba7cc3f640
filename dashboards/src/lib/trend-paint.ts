import type { Lack } from './trend-chart.ts';
import type { Dimension, Split } from './trend-place.ts';

/** The colours of the page, or of paper. */
export interface Paint {
  ink: string;
  soft: string;
  rule: string;
  strong: string;
  sheet: string;
  sunken: string;
  accent: string;
  /** For values without an order: told apart by stroke, symbol and pattern as well. None is that of a warning grade. */
  series: readonly string[];
  /** Levels, lowest first: told by ink, not by colour. */
  levels: readonly string[];
}

/** For a picture that leaves the screen. */
export const onPaper: Paint = {
  ...{ ink: '#1c2526', soft: '#4c585a', rule: '#ddd6c8', strong: '#8c8c82' },
  ...{ sheet: '#ffffff', sunken: '#efebe1', accent: '#0b5c5e' },
  series: ['#0b5c5e', '#74358a', '#8a6d3b', '#3f6b8f', '#5c5c57', '#a0527a', '#4d7a3a', '#1c2526'],
  levels: ['#b9bcb6', '#8c9494', '#4c585a', '#101617'],
};
const inTheDark: Pick<Paint, 'series' | 'levels'> = {
  series: ['#6fc3bf', '#d7a5e8', '#d9bd88', '#93b8dc', '#b5b7b3', '#e7a5c6', '#a6d08f', '#e8e4da'],
  levels: ['#4d5a5b', '#7d8a8a', '#b9bcb6', '#ffffff'],
};

/** As the tokens stand now. @param token reads one of them, `--ink` */
export function paintOf(token: (name: string) => string): Paint {
  const read = (name: string, otherwise: string) => token(name).trim() || otherwise;
  const ink = read('--ink', onPaper.ink);
  return {
    ...onPaper,
    ...(isLight(ink) ? inTheDark : {}),
    ...{ ink, soft: read('--ink-soft', onPaper.soft), rule: read('--rule', onPaper.rule) },
    ...{ strong: read('--rule-strong', onPaper.strong), sheet: read('--sheet', onPaper.sheet) },
    ...{ sunken: read('--sunken', onPaper.sunken), accent: read('--teal', onPaper.accent) },
  };
}

/** Of `#rrggbb`. Light ink is for a dark page. */
function isLight(colour: string): boolean {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return parts.reduce((sum, part) => sum + part, 0) / 3 > 128;
}

const strokes = ['solid', 'dashed', 'dotted'] as const;
const symbols = ['circle', 'triangle', 'rect', 'diamond'] as const;
const patterns = [
  null,
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 4], rotation: 0.785 },
  { symbol: 'circle', dashArrayX: [5, 5], dashArrayY: [5, 5], symbolSize: 0.6 },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 5], rotation: 0 },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 5], rotation: 1.571 },
] as const;
const levelCodes = ['low', 'watch', 'important', 'urgent'];
const toneCodes = ['negative', 'neutral', 'positive'];

export interface Look {
  color: string;
  stroke: (typeof strokes)[number];
  symbol: (typeof symbols)[number];
  pattern: Record<string, unknown> | null;
}

/** How a line, or a part of a bar, looks: the same value looks the same whatever else is drawn. @param at its place among all */
export function lookOf(split: Split, value: string | null, at: number, paint: Paint): Look {
  const codes: Partial<Record<Dimension, readonly string[]>> = { level: levelCodes, tone: toneCodes };
  const place = split === 'none' || value === null ? 0 : (codes[split]?.indexOf(value) ?? at);
  // What could not be judged is no value among the others.
  const index = place < 0 ? 4 : place;
  const count = paint.series.length;
  const usual = (split === 'tone' ? [1, 4, 0, 7][index] : index % count) ?? index % count;
  const color = (split === 'level' ? paint.levels[index] : paint.series[usual]) ?? paint.soft;
  const pattern = patterns[place < 0 ? 3 : (split === 'level' ? 0 : index) % patterns.length];
  return {
    color,
    stroke: strokes[index % strokes.length] ?? 'solid',
    symbol: symbols[index % symbols.length] ?? 'circle',
    pattern: pattern ? { ...pattern, color: `${paint.sheet}99` } : null,
  };
}

/** The hatch of what was missed, each kind another. */
export function hatchOf(lack: Lack, paint: Paint): Record<string, unknown> {
  const lines = { symbol: 'rect', dashArrayX: [1, 0], color: paint.strong };
  if (lack === 'gap') return { ...lines, dashArrayY: [2, 5], rotation: -0.785 };
  if (lack === 'unobserved') return { ...lines, dashArrayY: [1, 7], rotation: 0.785 };
  return { symbol: 'circle', dashArrayX: [2, 7], dashArrayY: [2, 7], symbolSize: 0.7, color: paint.strong };
}
