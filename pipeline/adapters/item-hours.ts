import type { DayCube, Plane } from '../domain/item-cube.ts';
import { dayBefore } from '../domain/time.ts';
import { noneValue, type TrendFilter } from '../domain/trend.ts';
import { countCubes, planCube } from '../domain/trend-counts.ts';
import type { FactPeriod, ItemFilter } from '../ports/rollup-store.ts';

/** As questions to cubes have it. */
function toTrendFilter(filter: ItemFilter): TrendFilter {
  const { channelIds, unitIds, tones, levels, kinds, categories, serviceKinds, topics, hours } = filter;
  return {
    ...(channelIds && { channels: [...channelIds] }),
    ...(unitIds && { units: unitIds.map((id) => (id === '' ? noneValue : id)) }),
    ...(tones && { tones: [...tones] }),
    ...(levels && { levels: [...levels] }),
    ...(kinds && { kinds: [...kinds] }),
    ...(categories && { categories: [...categories] }),
    ...(serviceKinds && { serviceKinds: [...serviceKinds] }),
    ...(topics && { topics: [...topics] }),
    ...(hours && { hours: [...hours] }),
  };
}

/** Which cubes say in which hours there are such items. */
export function planItemHours(filter: ItemFilter): { plane: Plane; hours: boolean } {
  return planCube({ filter: toTrendFilter(filter), by: { dimensions: [], time: 'hour' } });
}

/** The newest first, and how many such items each has: no fact of another hour has to be looked at. */
export function listItemHours(
  cubes: readonly DayCube[],
  filter: ItemFilter,
): { hour: string; count: number }[] {
  const counts = countCubes(cubes, {
    filter: toTrendFilter(filter),
    by: { dimensions: [], time: 'hour' },
  });
  return counts.map(({ at, count }) => ({ hour: at, count })).sort((a, b) => (a.hour < b.hour ? 1 : -1));
}

const widening = 8;

/** The days of a period from the newest back: one, then eight, then sixty-four at a time. */
export function* listWindows(
  { fromDay, toDay }: Pick<FactPeriod, 'fromDay' | 'toDay'>,
  newest: string | null,
): Generator<{ fromDay: string; toDay: string }> {
  let last = newest !== null && newest < toDay ? newest : toDay;
  for (let days = 1; last >= fromDay; days *= widening) {
    const first = dayBefore(last, days - 1);
    yield { fromDay: first > fromDay ? first : fromDay, toDay: last };
    last = dayBefore(first, 1);
  }
}

/**
 * Takes out the newest hours that hold so many items, and no more hours than that; of the cursor's own hour nobody knows how many
 * items are left.
 * @param hours as `listItemHours` has them, none newer than the cursor's
 */
export function takeHours(
  hours: { hour: string; count: number }[],
  { items, hours: most = hours.length, after }: { items: number; hours?: number; after: string | null },
): string[] {
  let sum = 0;
  const enough = hours.findIndex(({ hour, count }) => {
    if (hour !== after) sum += count;
    return sum >= items;
  });
  const taken = enough < 0 ? hours.length : enough + 1;
  return hours.splice(0, Math.min(taken, most)).map(({ hour }) => hour);
}
