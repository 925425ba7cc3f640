import { t } from '../i18n/t.ts';
import type { Dimension, Split, TrendPlace } from './trend-place.ts';
import { inOrder, type SeriesAnswer, type SeriesPoint, shortPoint, valueLabel } from './trend-words.ts';

/** What keeps a point from being all there was; a gap is the worst, for it may yet be closed. */
export type Lack = 'gap' | 'unobserved' | 'pending';
export const lackLabels: Record<Lack, string> = {
  gap: t('trends.lackGap'),
  unobserved: t('trends.whyUnobserved'),
  pending: t('trends.whyPending'),
};

export function findLack({ count, cover }: Pick<SeriesPoint, 'count' | 'cover'>): Lack | null {
  const whys = new Set(cover.shortfalls.map(({ why }) => why));
  for (const lack of ['gap', 'unobserved', 'pending'] as const) if (whys.has(lack)) return lack;
  return count === null ? 'unobserved' : null;
}

export interface ChartLine {
  /** Of the split; the whole where there is none. */
  value: string | null;
  name: string;
  /** Null: unknown, never zero. */
  values: (number | null)[];
  /** Where it was counted over something missing: at least so much, and nothing joins it to its neighbours. */
  short: boolean[];
  evidence: (string | null)[];
}

export interface TrendChart {
  labels: string[];
  lines: ChartLine[];
  /** Hatched behind the lines; `whole` where nothing at all was read, else a low strip: others missed nothing. */
  bands: { lack: Lack; at: number[]; whole: boolean }[];
  split: Split;
  as: 'lines' | 'stacked';
  isShare: boolean;
}

/** An item may be of two categories, so that they add up to more than there were. */
export const mayStack = (split: Split): boolean => split !== 'category' && split !== 'none';

/** A figure of a channel misses only what that channel misses. */
function isShortFor(point: SeriesPoint, split: Split, value: string): boolean {
  if (split !== 'channel') return !point.cover.complete;
  return point.cover.shortfalls.some(({ channel }) => channel.id === value);
}

function lineOf(answer: SeriesAnswer, value: string, name: string, { split, measure }: Asked): ChartLine {
  const found = answer.points.map((point) => point.values.find((one) => one.value === value));
  const isShare = measure === 'share';
  return {
    ...{ value, name },
    values: answer.points.map((point, at) => {
      if (point.count === null) return null;
      return isShare ? (point.count === 0 ? null : (found[at]?.share ?? 0)) : (found[at]?.count ?? 0);
    }),
    short: answer.points.map((point) => isShortFor(point, split, value)),
    evidence: found.map((one) => one?.evidence ?? null),
  };
}

function wholeLine({ points }: SeriesAnswer, { measure }: Asked): ChartLine {
  return {
    ...{ value: null, name: t('trends.all') },
    values: points.map(({ count, share }) => (measure === 'share' ? share : count)),
    short: points.map(({ cover }) => !cover.complete),
    evidence: points.map(({ count, evidence }) => (count === null ? null : evidence)),
  };
}

type Asked = Pick<TrendPlace, 'split' | 'measure' | 'form'>;

/** Pure: what is drawn of a series. */
export function buildTrendChart(answer: SeriesAnswer, asked: Asked): TrendChart {
  const { split, form } = asked;
  const named = (dimension: Dimension) =>
    inOrder(dimension, answer.values).map(({ value, name }) =>
      lineOf(answer, value, valueLabel(dimension, value, name), asked),
    );
  const watched = answer.coverage.filter(({ kind }) => kind !== 'by-hand').length;
  const bands = new Map<string, TrendChart['bands'][number]>();
  for (const [at, point] of answer.points.entries()) {
    const lack = findLack(point);
    if (lack === null) continue;
    const missing = new Set(point.cover.shortfalls.map(({ channel }) => channel.id)).size;
    const whole = point.count === null || missing >= watched;
    const key = `${lack} ${whole}`;
    const band = bands.get(key) ?? { lack, at: [], whole };
    band.at.push(at);
    bands.set(key, band);
  }
  return {
    labels: answer.points.map(shortPoint),
    lines: split === 'none' ? [wholeLine(answer, asked)] : named(split),
    bands: [...bands.values()],
    ...{ split, as: form === 'stacked' && mayStack(split) ? 'stacked' : 'lines' },
    isShare: asked.measure === 'share',
  };
}

export interface SeriesSummary {
  /** Of the points that are known. */
  total: number;
  /** Points that are not complete, and of these the ones of which nothing is known. */
  short: number;
  unknown: number;
  /** The highest among the complete ones; null where there is none, or all are zero. */
  peak: SeriesPoint | null;
}

export function summarise(points: readonly SeriesPoint[]): SeriesSummary {
  const whole = points.filter(({ cover, count }) => cover.complete && count !== null);
  const peak = whole.reduce<SeriesPoint | null>(
    (best, one) => ((one.count ?? 0) > (best?.count ?? 0) ? one : best),
    null,
  );
  return {
    total: points.reduce((sum, { count }) => sum + (count ?? 0), 0),
    short: points.length - whole.length,
    unknown: points.filter(({ count }) => count === null).length,
    peak,
  };
}
