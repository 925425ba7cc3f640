import { NotFound } from '../../../pipeline/domain/errors.ts';
import type { Handler } from '../../http/call.ts';
import { presentInstructionDetail } from '../../present/instruction.ts';
import { sightOf } from './as-mover.ts';

export const readInstruction: Handler<'readInstruction'> = async (call) => {
  const { instructions } = call.deps.stores;
  const sight = sightOf(call);
  const found = await instructions.find(call.params.id, sight);
  if (found === null) throw new NotFound('没有这件批示。');
  const events = await instructions.listEvents(found.id, sight);
  return presentInstructionDetail(found, events, sight.mover, call.deps);
};
