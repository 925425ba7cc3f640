import {
  type ChannelCoverage,
  type Cover,
  coverOf,
  isUnknown,
  stretchOfDays,
  stretchOfHour,
} from '../domain/coverage.ts';
import { InvalidInput } from '../domain/errors.ts';
import {
  assertNoToneByUnit,
  assertPeriod,
  bucketName,
  bucketsOf,
  daysOf,
  narrowTo,
  type TrendBucket,
  type TrendDimension,
  type TrendFilter,
  type TrendGrain,
  type TrendQuestion,
} from '../domain/trend.ts';
import type { Count } from '../domain/trend-counts.ts';
import { itemEvidence } from '../domain/trend-evidence.ts';
import {
  type Behind,
  countItems,
  coverageOf,
  narrowToSight,
  readBehind,
  type TrendReader,
} from './read-trends-counts.ts';

export interface SeriesQuestion extends TrendQuestion {
  grain: TrendGrain;
  split: TrendDimension | null;
}

interface SeriesPoint {
  bucket: TrendBucket;
  /** Null where nothing is known: no channel was read in any of the time. */
  count: number | null;
  /** Of the items of the same channels, units and kinds at this point; null where there are none. */
  share: number | null;
  /** Null unless the point is complete, and for hours. */
  perDay: number | null;
  cover: Cover;
  /** Values of the split that there were, by their share of `count`; an item with two categories counts for both. */
  values: { value: string; count: number; share: number; evidence: string }[];
  evidence: string;
}

export interface Series {
  points: SeriesPoint[];
  coverage: ChannelCoverage[];
  behind: Behind;
}

const mostHourlyDays = 14;
const mostFigures = 5000;

/** What a share is of: what is said of an item doesn't narrow it. */
function scopeOf({ channels, units, kinds, hours, weekdays }: TrendFilter): TrendFilter {
  return {
    ...(channels && { channels }),
    ...(units && { units }),
    ...(kinds && { kinds }),
    ...(hours && { hours }),
    ...(weekdays && { weekdays }),
  };
}

function assertAsked({ grain, split, filter, ...period }: SeriesQuestion): void {
  assertPeriod(period);
  if (grain === 'hour' && daysOf(period) > mostHourlyDays) {
    throw new InvalidInput('grain', `按小时最多看 ${mostHourlyDays} 天。`);
  }
  assertNoToneByUnit(filter, split === null ? [] : [{ field: 'split', dimension: split }]);
}

function groupByBucket(counts: readonly Count[], grain: TrendGrain): Map<string, Map<string, number>> {
  const groups = new Map<string, Map<string, number>>();
  for (const { at, values, count } of counts) {
    const name = bucketName(at, grain);
    const group = groups.get(name) ?? new Map<string, number>();
    const [value = ''] = values;
    group.set(value, (group.get(value) ?? 0) + count);
    groups.set(name, group);
  }
  return groups;
}

const shareOf = (count: number, all: number): number | null =>
  all === 0 ? null : Number((count / all).toFixed(4));

/**
 * Points of a period. @throws InvalidInput for a period that is too long, tone by unit, a unit that is unknown or not one's own, or
 * too many figures
 */
export async function readSeries(asked: SeriesQuestion, reader: TrendReader): Promise<Series> {
  assertAsked(asked);
  const { grain, split } = asked;
  const question = { ...asked, filter: await narrowToSight(asked.filter, reader) };
  const scope = { ...question, filter: scopeOf(question.filter) };
  const time = grain === 'hour' ? ('hour' as const) : ('day' as const);
  const group = async (of: TrendQuestion, dimensions: TrendDimension[]) =>
    groupByBucket(await countItems(of, { dimensions, time }, reader), grain);
  const totals = await group(question, []);
  const bases = await group(scope, []);
  const values = split === null ? null : await group(question, [split]);
  const figures = [...(values?.values() ?? [])].reduce((sum, { size }) => sum + size, 0);
  if (figures > mostFigures) {
    throw new InvalidInput('grain', '数据点太多，请缩短时间段、换成更粗的粒度，或先筛选。');
  }
  const coverage = await coverageOf(question, reader);
  const now = reader.clock.now();
  const points = bucketsOf(question, grain).map((bucket) =>
    buildPoint(bucket, {
      ...{ asked, coverage, now },
      total: totals.get(bucket.at)?.get('') ?? 0,
      base: bases.get(bucket.at)?.get('') ?? 0,
      values: values?.get(bucket.at) ?? new Map(),
    }),
  );
  return { points, coverage, behind: await readBehind(reader) };
}

interface PointFacts {
  /** As it was asked: whose units a person sees is no part of what is opened. */
  asked: SeriesQuestion;
  coverage: ChannelCoverage[];
  now: string;
  total: number;
  base: number;
  values: ReadonlyMap<string, number>;
}

function buildPoint(
  bucket: TrendBucket,
  { asked, coverage, now, total, base, values }: PointFacts,
): SeriesPoint {
  const { fromDay, toDay, hour, at } = bucket;
  const stretch = hour === undefined ? stretchOfDays(fromDay, toDay) : stretchOfHour(at);
  const cover = coverOf(coverage, stretch);
  const filter = hour === undefined ? asked.filter : { ...asked.filter, hours: [hour] };
  const here = { ...asked, fromDay, toDay, filter };
  const isBlank = total === 0 && (stretch.from > now || isUnknown(cover, coverage));
  const days = daysOf(bucket);
  return {
    bucket,
    count: isBlank ? null : total,
    share: shareOf(total, base),
    perDay: cover.complete && hour === undefined ? Number((total / days).toFixed(2)) : null,
    cover,
    evidence: itemEvidence(here),
    values: [...values].map(([value, count]) => ({
      ...{ value, count, share: shareOf(count, total) ?? 0 },
      evidence: itemEvidence({ ...here, filter: narrowTo(filter, asked.split ?? 'channel', value) }),
    })),
  };
}
