import { NotFound } from '../../../pipeline/domain/errors.ts';
import type { Handler } from '../../http/call.ts';
import { presentHandover } from '../../present/handover.ts';
import { moverOf } from './sight.ts';

export const listHandoversOfCase: Handler<'listHandoversOfCase'> = async (call) => {
  const { params, rights, deps } = call;
  const { appointments } = moverOf(call);
  const found = await deps.stores.cases.findCase(params.id, rights);
  if (found === null) throw new NotFound('没有这条线索。');
  const slips = await deps.stores.handovers.listOfCase(found.id);
  return { items: await Promise.all(slips.map((slip) => presentHandover(slip, appointments, deps))) };
};
