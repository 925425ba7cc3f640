import { InstructionState, isEnded } from '../../../pipeline/domain/instruction.ts';
import type { Handler } from '../../http/call.ts';
import { presentInstruction } from '../../present/instruction.ts';
import { sightOf } from './as-mover.ts';

export const listInstructions: Handler<'listInstructions'> = async (call) => {
  const { state, limit, cursor = null } = call.query;
  const states = InstructionState.options.filter(
    (one) => state === 'all' || isEnded(one) === (state === 'ended'),
  );
  const sight = sightOf(call);
  const page = await call.deps.stores.instructions.list({ ...sight, states, limit, cursor });
  const items = await Promise.all(page.items.map((one) => presentInstruction(one, sight.mover, call.deps)));
  return { items, nextCursor: page.nextCursor };
};
