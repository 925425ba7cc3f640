import { handoverFilters } from '../../../pipeline/domain/handover-filter.ts';
import type { Handler } from '../../http/call.ts';
import { momentOf } from './sight.ts';

export const countHandovers: Handler<'countHandovers'> = async (call) => {
  const { units } = call.rights;
  const counts = await call.deps.stores.handovers.count({ units, ...momentOf(call) });
  return { items: handoverFilters.map((filter) => ({ filter, count: counts[filter] })) };
};
