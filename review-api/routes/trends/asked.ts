import type { TrendReader } from '../../../pipeline/commands/read-trends-counts.ts';
import type { TrendDimension, TrendFilter } from '../../../pipeline/domain/trend.ts';
import { filterOf } from '../../contract/trends-filter.ts';
import type { Call } from '../../http/call.ts';

/** Other classes, and other units of whoever sees single ones, are left out before anything is counted. */
export function readerOf({
  rights: { units, accessClasses },
  deps,
}: Pick<Call, 'rights' | 'deps'>): TrendReader {
  return { units, accessClasses, stores: deps.stores, clock: deps.clock };
}

type Narrowed = { [N in keyof TrendFilter]?: TrendFilter[N] | undefined };

/** A question over items, as the commands take it. */
export function questionOf<
  Q extends Narrowed & { fromDay: string; toDay: string; speaker: 'public' | 'school' },
>(query: Q) {
  const { fromDay, toDay, speaker } = query;
  return { fromDay, toDay, speaker, filter: filterOf(query) };
}

export const splitOf = ({ split }: { split: TrendDimension | 'none' }): TrendDimension | null =>
  split === 'none' ? null : split;
