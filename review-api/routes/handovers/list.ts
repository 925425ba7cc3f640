import type { Handler } from '../../http/call.ts';
import { presentHandover } from '../../present/handover.ts';
import { momentOf, moverOf } from './sight.ts';

export const listHandovers: Handler<'listHandovers'> = async (call) => {
  const { query, rights, deps } = call;
  const { handovers } = deps.stores;
  const { appointments } = moverOf(call);
  const { units } = rights;
  const { number, cursor = null, filter, limit } = query;
  const show = (one: Parameters<typeof presentHandover>[0]) => presentHandover(one, appointments, deps);
  if (number !== undefined) {
    const found = await handovers.findByNumber(number.trim(), { units });
    return { items: found === null ? [] : [await show(found)], nextCursor: null };
  }
  const page = await handovers.list({ filter, units, ...momentOf(call), cursor, limit });
  return { ...page, items: await Promise.all(page.items.map(show)) };
};
