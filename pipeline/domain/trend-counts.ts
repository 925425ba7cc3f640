import { Category, ServiceKind, ServiceTopic } from './category.ts';
import {
  codeParts,
  type DayCube,
  eachHour,
  type ItemCube,
  maskOf,
  type Plane,
  planeNames,
  planes,
  readCode,
} from './item-cube.ts';
import { FactLevel, type ItemFact, ItemKind, Tone } from './item-fact.ts';
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

/** A question to cubes. `without`: items with any of these categories are left out. */
export interface CubeQuestion {
  filter: TrendFilter;
  by: CountBy;
  without?: readonly Category[];
}

const toldOf: Record<TrendDimension, string> = {
  ...{ channel: 'channel', unit: 'unit', topic: 'service', 'service-kind': 'service' },
  ...{ category: 'category', level: 'level', tone: 'tone', kind: 'kind' },
};

/** The smallest plane that tells all that is asked, and whether its hours are needed. */
export function planCube({ filter, by, without }: CubeQuestion): { plane: Plane; hours: boolean } {
  const asked = new Set([...dimensionsOf(filter), ...by.dimensions].map((one) => toldOf[one]));
  if (without !== undefined) asked.add('category');
  const hours = by.time === 'hour' || filter.hours !== undefined;
  const plane = planeNames.find((name) => {
    const { tells, byHour }: { tells: readonly string[]; byHour: boolean } = planes[name];
    return (byHour || !hours) && [...asked].every((one) => one === 'kind' || tells.includes(one));
  });
  return { plane: plane ?? 'whole', hours };
}

/** Where the values of one dimension stand in a group's number: `size` of them, each `stride` apart. */
interface Axis {
  values: readonly string[];
  placeOf: ReadonlyMap<string, number>;
  stride: number;
}

/** Of each value by its place: what it adds to a group's number; -1 where the filter leaves it out. */
type Steps = Int32Array;

interface Tables {
  axes: Partial<Record<TrendDimension, Axis>>;
  groups: number;
  low: Steps;
  high: Steps;
  /** Bits of categories that count, and that must not be there. */
  wanted: number;
  unwanted: number;
  narrowed: boolean;
}

/** The parts that codes are made of. */
const listParts = (length: number, shift: number) =>
  Array.from({ length }, (_, part) => ({ part, said: readCode(part << shift) })).flatMap(({ part, said }) =>
    said === null ? [] : [{ part, said }],
  );
const lowCodes = listParts(codeParts.low, 0);
const highCodes = listParts(codeParts.high, codeParts.lowBits);

const unitValue = (unit: string) => (unit === '' ? noneValue : unit);
const fixedValues = {
  topic: [noneValue, ...ServiceTopic.options],
  'service-kind': [noneValue, ...ServiceKind.options],
  ...{ category: Category.options, level: FactLevel.options, tone: Tone.options, kind: ItemKind.options },
} as const;

function buildTables(cubes: readonly DayCube[], { filter, by, without = [] }: CubeQuestion): Tables {
  const valuesOf = (dimension: TrendDimension): readonly string[] => {
    if (dimension === 'channel') return [...new Set(cubes.flatMap(({ cube }) => cube.channels))];
    if (dimension === 'unit') return [...new Set(cubes.flatMap(({ cube }) => cube.units.map(unitValue)))];
    return fixedValues[dimension];
  };
  const axes: Tables['axes'] = {};
  let groups = 1;
  for (const dimension of by.dimensions) {
    const values = valuesOf(dimension);
    const placeOf = new Map(values.map((value, place) => [value, place]));
    axes[dimension] = { values, placeOf, stride: groups };
    groups *= Math.max(1, values.length);
  }
  const step = (dimension: TrendDimension, value: string): number => stepOf(axes[dimension], value);
  const among = (values: readonly string[] | undefined, value: string) => values?.includes(value) !== false;
  const low = new Int32Array(codeParts.low).fill(-1);
  for (const { part, said } of lowCodes) {
    const { kind, tone, level } = said;
    const passes = among(filter.kinds, kind) && among(filter.tones, tone) && among(filter.levels, level);
    if (passes) low[part] = step('kind', kind) + step('tone', tone) + step('level', level);
  }
  const high = new Int32Array(codeParts.high).fill(-1);
  for (const { part, said } of highCodes) {
    const [kind, topic] = [said.serviceKind ?? noneValue, said.topic ?? noneValue];
    const passes = among(filter.serviceKinds, kind) && among(filter.topics, topic);
    if (passes) high[part] = step('service-kind', kind) + step('topic', topic);
  }
  const narrowed = filter.categories !== undefined;
  const wanted = maskOf(filter.categories ?? Category.options);
  return { axes, groups, low, high, wanted, unwanted: maskOf(without), narrowed };
}

const stepOf = (axis: Axis | undefined, value: string): number =>
  axis === undefined ? 0 : (axis.placeOf.get(value) ?? 0) * axis.stride;

/** What the ids of a cube add. */
function stepsOf(
  ids: readonly string[],
  allowed: readonly string[] | undefined,
  axis: Axis | undefined,
): Steps {
  return Int32Array.from(ids, (id) => {
    if (allowed?.includes(id) === false) return -1;
    return stepOf(axis, id);
  });
}

/** The group of each cell that the filter lets through, before its categories; -1 for others. */
function groupCells(cube: ItemCube, tables: Tables, filter: TrendFilter): Int32Array {
  const { codes, masks, channelAt, unitAt } = cube;
  const { low, high, wanted, unwanted, narrowed, axes } = tables;
  const channels = stepsOf(cube.channels, filter.channels, axes.channel);
  const units = stepsOf(cube.units.map(unitValue), filter.units, axes.unit);
  const groups = new Int32Array(codes.length);
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] as number;
    const mask = masks[at] as number;
    const ofItem = low[code & (codeParts.low - 1)] as number;
    const ofService = high[code >>> codeParts.lowBits] as number;
    const ofChannel = channels[channelAt[at] as number] as number;
    const ofUnit = units[unitAt[at] as number] as number;
    const isOut =
      (ofItem | ofService | ofChannel | ofUnit) < 0 ||
      (narrowed && (mask & wanted) === 0) ||
      (mask & unwanted) !== 0;
    groups[at] = isOut ? -1 : ofItem + ofService + ofChannel + ofUnit;
  }
  return groups;
}

/** Sums by group, of one time at a time. */
class Sums {
  private readonly counts: Float64Array;
  private readonly touched: number[] = [];
  private readonly category: Axis | undefined;
  private readonly wanted: number;
  constructor({ groups, axes, wanted }: Pick<Tables, 'groups' | 'axes' | 'wanted'>) {
    this.counts = new Float64Array(groups);
    this.category = axes.category;
    this.wanted = wanted;
  }

  /** An item with two categories counts for both, and one without for none. */
  add(group: number, mask: number, count: number): void {
    if (this.category === undefined) {
      this.addTo(group, count);
      return;
    }
    const { stride } = this.category;
    for (let left = (mask & this.wanted) >>> 0; left !== 0; left = (left & (left - 1)) >>> 0) {
      this.addTo(group + (31 - Math.clz32(left & -left)) * stride, count);
    }
  }

  private addTo(group: number, count: number): void {
    if (this.counts[group] === 0) this.touched.push(group);
    this.counts[group] = (this.counts[group] as number) + count;
  }

  /** Takes out what was summed. */
  *drain(): Generator<[group: number, count: number]> {
    for (const group of this.touched) {
      const count = this.counts[group] ?? 0;
      this.counts[group] = 0;
      if (count !== 0) yield [group, count];
    }
    this.touched.length = 0;
  }
}

const hourName = (day: string, hour: number) => `${day}T${String(hour).padStart(2, '0')}`;

/** In no order; nothing comes that is zero. @param cubes of one plane that tells all that is asked */
export function countCubes(cubes: readonly DayCube[], question: CubeQuestion): Count[] {
  const { filter, by } = question;
  const tables = buildTables(cubes, question);
  const perHour = by.time === 'hour';
  const sums = new Sums({ ...tables, groups: tables.groups * (perHour ? 24 : 1) });
  const found = new Map<string, Map<number, number>>();
  const take = (nameOf: (hour: number) => string) => {
    for (const [place, count] of sums.drain()) {
      const hour = Math.floor(place / tables.groups);
      const group = place - hour * tables.groups;
      const at = nameOf(hour);
      const known = found.get(at) ?? new Map<number, number>();
      found.set(at, known);
      known.set(group, (known.get(group) ?? 0) + count);
    }
  };
  const hourPasses = Array.from({ length: 24 }, (_, hour) => filter.hours?.includes(hour) !== false);
  for (const { day, cube } of cubes) {
    if (!onWeekday(filter, day)) continue;
    const groups = groupCells(cube, tables, filter);
    if (perHour || filter.hours !== undefined) {
      eachHour(cube, (at, hour, count) => {
        const group = groups[at] as number;
        if (group < 0 || !hourPasses[hour]) return;
        sums.add(perHour ? group + hour * tables.groups : group, cube.masks[at] as number, count);
      });
    } else {
      for (let at = 0; at < groups.length; at += 1) {
        const group = groups[at] as number;
        if (group >= 0) sums.add(group, cube.masks[at] as number, cube.counts[at] as number);
      }
    }
    if (by.time !== 'none') take((hour) => (perHour ? hourName(day, hour) : day));
  }
  take(() => '');
  const nameGroup = (group: number) =>
    by.dimensions.map((dimension) => {
      const { values, stride } = tables.axes[dimension] as Axis;
      return values[Math.floor(group / stride) % values.length] ?? noneValue;
    });
  return [...found].flatMap(([at, groups]) =>
    [...groups].map(([group, count]) => ({ at, values: nameGroup(group), count })),
  );
}

const onWeekday = ({ weekdays }: TrendFilter, day: string): boolean =>
  weekdays === undefined || weekdays.includes(weekdayOf(day));

/** What a store's filter cannot say of an item: that it has no service, and its weekday. */
export function passesRest(
  { hour, service }: Pick<ItemFact, 'hour' | 'service'>,
  filter: TrendFilter,
): boolean {
  const { topics, serviceKinds } = filter;
  if (topics?.includes(service?.topic ?? noneValue) === false) return false;
  if (serviceKinds?.includes(service?.kind ?? noneValue) === false) return false;
  return onWeekday(filter, hour.slice(0, 10));
}
