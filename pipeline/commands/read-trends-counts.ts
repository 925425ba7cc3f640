import type { AccessClass } from '../domain/access-class.ts';
import type { ChannelCoverage } from '../domain/coverage.ts';
import { rollupLayout } from '../domain/rollup.ts';
import {
  noneValue,
  type TrendFilter,
  type TrendPeriod,
  type TrendQuestion,
  type TrendSight,
  withinSight,
} from '../domain/trend.ts';
import { type Count, type CountBy, countCubes, planCube } from '../domain/trend-counts.ts';
import type { Ports, Stores } from '../ports/index.ts';
import type { ItemFilter } from '../ports/rollup-store.ts';
import { assertUnits } from './assert-registered.ts';
import { readCoverage } from './read-coverage.ts';

/** Who asks, and of what: other classes are left out before anything is counted (R19). */
export interface TrendReader extends TrendSight {
  accessClasses: readonly AccessClass[];
  stores: Pick<Stores, 'rollups' | 'ledger' | 'settings'>;
  clock: Ports['clock'];
}

/**
 * The filter as far as the person sees. Who sees single units is told the same of every other, whether there is one or not.
 * @throws InvalidInput naming `units` for a unit that is not in the register, or not theirs
 */
export async function narrowToSight(filter: TrendFilter, reader: TrendReader): Promise<TrendFilter> {
  const narrowed = withinSight(filter, reader);
  const named = filter.units?.filter((unit) => unit !== noneValue) ?? [];
  if (named.length > 0 && reader.units === 'all')
    assertUnits((await reader.stores.settings.read()).units, named);
  return narrowed;
}

/** Those of a list that a store knows; undefined where it cannot narrow by them: what has none is among them. */
function known<T extends string>(
  values: readonly T[] | undefined,
): Exclude<T, typeof noneValue>[] | undefined {
  if (values === undefined || values.some((value) => value === noneValue)) return undefined;
  return values as Exclude<T, typeof noneValue>[];
}

/** What a store can say of a filter; `passesRest` says the rest. */
export function storeFilter(filter: TrendFilter): ItemFilter {
  const { channels, units, categories, levels, tones, kinds, hours } = filter;
  const [topics, serviceKinds] = [known(filter.topics), known(filter.serviceKinds)];
  return {
    ...(channels && { channelIds: channels }),
    ...(units && { unitIds: units.map((unit) => (unit === noneValue ? '' : unit)) }),
    ...(topics && { topics }),
    ...(serviceKinds && { serviceKinds }),
    ...(categories && { categories }),
    ...(levels && { levels }),
    ...(tones && { tones }),
    ...(kinds && { kinds }),
    ...(hours && { hours }),
  };
}

/** The figures of a question, in no order; nothing comes that is zero. Read from the smallest plane that tells all of it. */
export async function countItems(
  { fromDay, toDay, speaker, filter }: TrendQuestion,
  by: CountBy,
  { accessClasses, stores: { rollups } }: TrendReader,
): Promise<Count[]> {
  const question = { filter, by };
  const cubes = await rollups.readCubes({
    ...{ fromDay, toDay, accessClasses, speaker },
    ...planCube(question),
  });
  return countCubes(cubes, question);
}

export const sumOf = (counts: readonly Count[]): number => counts.reduce((sum, { count }) => sum + count, 0);

/** Sums by the values of one dimension. */
export function sumByValue(counts: readonly Count[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { values, count } of counts) {
    const [value = ''] = values;
    sums.set(value, (sums.get(value) ?? 0) + count);
  }
  return sums;
}

/** @param over the days that it is asked for, where they reach further than the question's */
export function coverageOf(
  { speaker, filter, ...period }: TrendQuestion,
  { stores }: TrendReader,
  over: TrendPeriod = period,
): Promise<ChannelCoverage[]> {
  const { channels } = filter;
  return readCoverage({ ...over, speaker, ...(channels && { channelIds: channels }) }, { stores });
}

const mostWaiting = 1000;

/** How far behind the figures are: changes that wait to be counted, up to a thousand. */
export interface Behind {
  waiting: number;
  /** Everything noted until then is counted; null while something waits, or all is counted anew. */
  countedTo: string | null;
}

export async function readBehind({ stores, clock }: Pick<TrendReader, 'stores' | 'clock'>): Promise<Behind> {
  const now = clock.now();
  const waiting = await stores.rollups.countWaiting(mostWaiting);
  // After an update sums are forgotten before all is noted: nothing waits, and figures are too small.
  const isWhole = (await stores.rollups.readLayout()) >= rollupLayout;
  return { waiting, countedTo: waiting === 0 && isWhole ? now : null };
}
