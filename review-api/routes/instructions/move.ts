import { moveInstruction as move } from '../../../pipeline/commands/instructions.ts';
import type { Handler } from '../../http/call.ts';
import { presentInstructionDetail } from '../../present/instruction.ts';
import { sightOf } from './as-mover.ts';

export const moveInstruction: Handler<'moveInstruction'> = async (call) => {
  const sight = sightOf(call);
  const command = { ...call.body, instructionId: call.params.id };
  const { instruction, repeated } = await move(command, sight, call.deps);
  const events = await call.deps.stores.instructions.listEvents(instruction.id, sight);
  return {
    instruction: await presentInstructionDetail(instruction, events, sight.mover, call.deps),
    repeated,
  };
};
