import { z } from 'zod';
import { Category, ServiceKind, ServiceTopic } from './category.ts';
import { InvalidInput } from './errors.ts';
import { FactLevel, ItemKind, type Speaker, Tone } from './item-fact.ts';
import { dayAfter, daysBetween } from './time.ts';

/** By what figures are broken down. There is none for a class, a dormitory, a major or a person (R16, R4). */
export const TrendDimension = z.enum([
  'channel',
  'unit',
  'topic',
  'category',
  'level',
  'tone',
  'service-kind',
  'kind',
]);
export type TrendDimension = z.infer<typeof TrendDimension>;

/** In a filter or as a value: of no unit, without a service. What has no category is no value of categories. */
export const noneValue = '-';

/** What narrows a question over items; within one field any of the values will do. What is left out does not narrow. */
export const TrendFilter = z.object({
  channels: z.array(z.string()).optional(),
  units: z.array(z.string()).optional(),
  topics: z.array(z.union([ServiceTopic, z.literal(noneValue)])).optional(),
  categories: z.array(Category).optional(),
  levels: z.array(FactLevel).optional(),
  tones: z.array(Tone).optional(),
  kinds: z.array(ItemKind).optional(),
  serviceKinds: z.array(z.union([ServiceKind, z.literal(noneValue)])).optional(),
  /** Of the Shanghai clock. */
  hours: z.array(z.int().min(0).max(23)).optional(),
  /** 1 for Monday to 7 for Sunday. */
  weekdays: z.array(z.int().min(1).max(7)).optional(),
});
export type TrendFilter = z.infer<typeof TrendFilter>;

/** Days in Shanghai, both included. */
export interface TrendPeriod {
  fromDay: string;
  toDay: string;
}

/** A question over items. The figures of people outside and of the school are never mixed. */
export interface TrendQuestion extends TrendPeriod {
  speaker: Speaker;
  filter: TrendFilter;
}

const filterOfDimension: Record<TrendDimension, keyof TrendFilter> = {
  channel: 'channels',
  unit: 'units',
  topic: 'topics',
  category: 'categories',
  level: 'levels',
  tone: 'tones',
  'service-kind': 'serviceKinds',
  kind: 'kinds',
};

/** The filter, narrowed to one value of a dimension, which a count of that dimension has: thousands of figures are narrowed at once. */
export function narrowTo(filter: TrendFilter, dimension: TrendDimension, value: string): TrendFilter {
  return { ...filter, [filterOfDimension[dimension]]: [value] };
}

/** Which dimensions a filter speaks of. */
export function dimensionsOf(filter: TrendFilter): TrendDimension[] {
  return TrendDimension.options.filter((dimension) => filter[filterOfDimension[dimension]] !== undefined);
}

const longestDays = 400;
const [earliestDay, latestDay] = ['2000-01-01', '2199-12-31'];

/** Days are compared as text: counted on from the last of year 9999, a period never ends. @throws InvalidInput */
export function assertWithinReach(field: string, day: string): void {
  if (day >= earliestDay && day <= latestDay) return;
  throw new InvalidInput(field, `日期应在 ${earliestDay} 至 ${latestDay} 之间。`);
}

/** @throws InvalidInput naming the field */
export function assertPeriod({ fromDay, toDay }: TrendPeriod, mostDays = longestDays): void {
  assertWithinReach('fromDay', fromDay);
  assertWithinReach('toDay', toDay);
  if (toDay < fromDay) throw new InvalidInput('toDay', '结束日期不能早于开始日期。');
  if (daysBetween(fromDay, toDay) >= mostDays) {
    throw new InvalidInput('fromDay', `一次最多看 ${mostDays} 天，请缩短时间段。`);
  }
}

/**
 * Tone is described, never ranked by unit (R7): no question names both, whether it breaks down or narrows by them.
 * @param by the fields that break down, with what they break down by
 * @throws InvalidInput naming the field
 */
export function assertNoToneByUnit(
  filter: TrendFilter,
  by: readonly { field: string; dimension: TrendDimension }[] = [],
): void {
  const asked = [
    ...by,
    ...dimensionsOf(filter).map((dimension) => ({
      field: filterOfDimension[dimension] as string,
      dimension,
    })),
  ];
  const tone = asked.find(({ dimension }) => dimension === 'tone');
  if (tone === undefined || !asked.some(({ dimension }) => dimension === 'unit')) return;
  throw new InvalidInput(tone.field, '情绪不按单位统计，也不给单位排名；请去掉单位或情绪中的一项。');
}

/** Whose figures a person may ask for. */
export interface TrendSight {
  /** Of every unit, or of these only. */
  units: 'all' | readonly string[];
}

/**
 * The filter as far as the person's own units go. @throws InvalidInput naming `units` for a unit that is not theirs
 */
export function withinSight(filter: TrendFilter, { units }: TrendSight): TrendFilter {
  if (units === 'all') return filter;
  const foreign = filter.units?.find((unit) => !units.includes(unit));
  if (foreign !== undefined) throw new InvalidInput('units', '只能看本单位的数据。');
  return { ...filter, units: filter.units ?? [...units] };
}

/** Which weekday a day is: 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

export const TrendGrain = z.enum(['hour', 'day', 'week', 'month']);
export type TrendGrain = z.infer<typeof TrendGrain>;

/** A point of a series: the days it covers, as far as they are asked for; `hour` of an hourly one. */
export interface TrendBucket extends TrendPeriod {
  /** `2026-03-05T14`, `2026-03-05`, the Monday of a week, `2026-03`. */
  at: string;
  hour?: number;
}

function bucketOf(day: string, grain: 'day' | 'week' | 'month'): string {
  if (grain === 'month') return day.slice(0, 7);
  return grain === 'day' ? day : dayAfter(day, 1 - weekdayOf(day));
}

/** @param at `2026-03-05` or `2026-03-05T14` */
export function bucketName(at: string, grain: TrendGrain): string {
  return grain === 'hour' ? at : bucketOf(at.slice(0, 10), grain);
}

/** All points of a period in order, the first and last cut to it. */
export function bucketsOf({ fromDay, toDay }: TrendPeriod, grain: TrendGrain): TrendBucket[] {
  const buckets: TrendBucket[] = [];
  for (let day = fromDay; day <= toDay; day = dayAfter(day, 1)) {
    if (grain === 'hour') {
      for (let hour = 0; hour < 24; hour += 1) {
        const at = `${day}T${String(hour).padStart(2, '0')}`;
        buckets.push({ at, fromDay: day, toDay: day, hour });
      }
      continue;
    }
    const at = bucketOf(day, grain);
    const last = buckets.at(-1);
    if (last?.at === at) last.toDay = day;
    else buckets.push({ at, fromDay: day, toDay: day });
  }
  return buckets;
}

export const daysOf = ({ fromDay, toDay }: TrendPeriod): number => daysBetween(fromDay, toDay) + 1;
