import { Category, ServiceKind, ServiceTopic } from './category.ts';
import { FactLevel, ItemKind, Tone } from './item-fact.ts';
import { type Cell, type DayTally, type RollupFamily, serviceIndex, type Tally } from './rollup.ts';
import { dimensionsOf, noneValue, type TrendDimension, type TrendFilter, weekdayOf } from './trend.ts';

/** What is counted by: dimensions, and whether by the hour or the day. */
export interface CountBy {
  dimensions: readonly TrendDimension[];
  time: 'hour' | 'day' | 'none';
}

/** How many items, with their values in the order of the dimensions. `at`: the hour, the day, or ''. */
export interface Count {
  at: string;
  values: string[];
  count: number;
}

/** Which part of a day's tally answers: days of one family, and within them one of its lists of counts. */
export interface DayPlan {
  family: RollupFamily;
  within: Within;
}
type Within = 'items' | 'hours' | 'kinds' | 'tones' | 'levels' | 'categories' | 'services';

const families: RollupFamily[] = ['channel', 'unit', 'topic', 'category'];
const told: Record<Within, readonly (TrendDimension | 'hour')[]> = {
  items: [],
  hours: ['hour'],
  kinds: ['kind'],
  tones: ['tone'],
  levels: ['level'],
  services: ['service-kind', 'topic'],
  categories: ['category'],
};

/**
 * Days of a fixed size answer what speaks of one family and one list of counts; null: only the cube does. Of several categories a
 * tally cannot say how many items they are together.
 */
export function planDays(filter: TrendFilter, by: CountBy): DayPlan | null {
  const asked = new Set<TrendDimension | 'hour'>([...dimensionsOf(filter), ...by.dimensions]);
  if (by.time === 'hour' || filter.hours !== undefined) asked.add('hour');
  if ((filter.categories?.length ?? 0) > 1) return null;
  // The days of the categories do not add up to all items.
  const usable = families.filter((family) => family !== 'category' || asked.has('category'));
  for (const family of usable) {
    for (const within of Object.keys(told) as Within[]) {
      const covered = new Set<string>([family, ...told[within]]);
      if ([...asked].every((one) => covered.has(one))) return { family, within };
    }
  }
  return null;
}

/** Which keys of the family a filter names; undefined for all. */
export function keysOf(filter: TrendFilter, family: RollupFamily): string[] | undefined {
  const named = {
    channel: filter.channels,
    unit: filter.units,
    topic: filter.topics,
    category: filter.categories,
  };
  return named[family]?.map((value) => (value === noneValue ? '' : value));
}

/** Entries of a list of counts that a filter lets through, with what they say of each dimension. */
function* entriesOf(
  tally: Tally,
  within: Within,
  filter: TrendFilter,
): Generator<[says: Partial<Record<TrendDimension | 'hour', string>>, count: number]> {
  const passes = (names: readonly (string | number)[] | undefined, value: string | number) =>
    names === undefined || names.includes(value);
  switch (within) {
    case 'items':
      yield [{}, tally.items];
      return;
    case 'hours':
      for (const [hour, count] of tally.hours.entries())
        if (passes(filter.hours, hour)) yield [{ hour: String(hour).padStart(2, '0') }, count];
      return;
    case 'kinds':
      for (const [at, kind] of ItemKind.options.entries())
        if (passes(filter.kinds, kind)) yield [{ kind }, tally.kinds[at] ?? 0];
      return;
    case 'tones':
      for (const [at, tone] of Tone.options.entries())
        if (passes(filter.tones, tone)) yield [{ tone }, tally.tones[at] ?? 0];
      return;
    case 'levels':
      for (const [at, level] of FactLevel.options.entries())
        if (passes(filter.levels, level)) yield [{ level }, tally.levels[at] ?? 0];
      return;
    case 'categories':
      for (const [at, category] of Category.options.entries())
        if (passes(filter.categories, category)) yield [{ category }, tally.categories[at] ?? 0];
      return;
    case 'services':
      for (const { kind, topic, count } of servicesOf(tally))
        if (passes(filter.serviceKinds, kind) && passes(filter.topics, topic))
          yield [{ 'service-kind': kind, topic }, count];
      return;
    default:
      within satisfies never;
  }
}

type Service = {
  [K in 'kind' | 'topic']: NonNullable<TrendFilter[K extends 'kind' ? 'serviceKinds' : 'topics']>[number];
};

/** Every service, and at the end what has none. */
function servicesOf({ items, services }: Tally): (Service & { count: number })[] {
  const found = ServiceKind.options.flatMap((kind) =>
    ServiceTopic.options.map((topic) => ({
      kind,
      topic,
      count: services[serviceIndex({ kind, topic })] ?? 0,
    })),
  );
  const without = items - found.reduce((sum, { count }) => sum + count, 0);
  return [...found, { kind: noneValue, topic: noneValue, count: without }];
}

class Sums {
  private readonly counts = new Map<string, Count>();
  add(at: string, values: string[], count: number): void {
    if (count === 0) return;
    const key = JSON.stringify([at, ...values]);
    const known = this.counts.get(key);
    if (known === undefined) this.counts.set(key, { at, values, count });
    else known.count += count;
  }
  all(): Count[] {
    return [...this.counts.values()];
  }
}

const onWeekday = ({ weekdays }: TrendFilter, day: string): boolean =>
  weekdays === undefined || weekdays.includes(weekdayOf(day));

/** In no order; nothing comes that is zero. @param days of the plan's family, narrowed to its keys */
export function countDays(
  days: readonly DayTally[],
  { family, within }: DayPlan,
  { filter, by }: { filter: TrendFilter; by: CountBy },
): Count[] {
  const sums = new Sums();
  for (const { day, key, tally } of days) {
    const isNone = family === 'category' && key === '';
    if (!onWeekday(filter, day) || isNone) continue;
    const own = key === '' ? noneValue : key;
    for (const [says, count] of entriesOf(tally, within, filter)) {
      const values = by.dimensions.map((one) => (one === family ? own : (says[one] ?? noneValue)));
      const at = by.time === 'none' ? '' : by.time === 'day' ? day : `${day}T${says.hour}`;
      sums.add(at, values, count);
    }
  }
  return sums.all();
}

/** An item with two categories counts for both, and one without for none. */
function valuesOf(cell: Cell, dimension: TrendDimension, filter: TrendFilter): string[] {
  switch (dimension) {
    case 'channel':
      return [cell.channelId];
    case 'unit':
      return [cell.unitId ?? noneValue];
    case 'topic':
      return [cell.service?.topic ?? noneValue];
    case 'service-kind':
      return [cell.service?.kind ?? noneValue];
    case 'category':
      return cell.categories.filter((one) => filter.categories?.includes(one) !== false);
    case 'level':
    case 'tone':
    case 'kind':
      return [cell[dimension]];
    default:
      return dimension satisfies never;
  }
}

/** What a store's filter cannot say of an item: that it has no service, and its weekday. */
export function passesRest({ hour, service }: Pick<Cell, 'hour' | 'service'>, filter: TrendFilter): boolean {
  const { topics, serviceKinds } = filter;
  if (topics?.includes(service?.topic ?? noneValue) === false) return false;
  if (serviceKinds?.includes(service?.kind ?? noneValue) === false) return false;
  return onWeekday(filter, hour.slice(0, 10));
}

/** As `countDays`, from cells narrowed by what a store's filter can say. */
export function countCells(
  cells: readonly Cell[],
  { filter, by }: { filter: TrendFilter; by: CountBy },
): Count[] {
  const sums = new Sums();
  for (const cell of cells) {
    if (!passesRest(cell, filter)) continue;
    const at = by.time === 'none' ? '' : by.time === 'day' ? cell.hour.slice(0, 10) : cell.hour;
    for (const values of combine(by.dimensions.map((one) => valuesOf(cell, one, filter))))
      sums.add(at, values, cell.count);
  }
  return sums.all();
}

function combine(lists: readonly string[][]): string[][] {
  return lists.reduce<string[][]>(
    (made, list) => made.flatMap((one) => list.map((value) => [...one, value])),
    [[]],
  );
}
