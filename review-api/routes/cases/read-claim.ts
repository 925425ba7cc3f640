import { NotFound } from '../../../pipeline/domain/errors.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentClaim } from '../../present/case-summary.ts';

export const readClaim: Handler<'readClaim'> = async (call) => {
  const { actor, rights } = getReader(call);
  const found = await call.deps.stores.cases.findCase(call.params.id, rights);
  if (found === null || !found.queues.some((queue) => rights.queues.includes(queue))) {
    throw new NotFound('没有这条线索。');
  }
  const { version, state, claim } = found;
  return { version, state, claim: await presentClaim(claim, actor.id, call.deps) };
};
