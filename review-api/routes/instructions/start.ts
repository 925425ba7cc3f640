import { startInstruction } from '../../../pipeline/commands/instructions.ts';
import type { StartCommand } from '../../../pipeline/domain/instruction.ts';
import type { Call, Handler } from '../../http/call.ts';
import { presentInstructionDetail } from '../../present/instruction.ts';
import { sightOf } from './as-mover.ts';

async function start(
  call: Pick<Call, 'signedIn' | 'rights' | 'action' | 'deps'>,
  command: Omit<StartCommand, 'unitId'>,
) {
  const sight = sightOf(call);
  const { instruction, repeated } = await startInstruction({ ...command, unitId: null }, sight, call.deps);
  const events = await call.deps.stores.instructions.listEvents(instruction.id, sight);
  return {
    instruction: await presentInstructionDetail(instruction, events, sight.mover, call.deps),
    repeated,
  };
}

export const giveInstruction: Handler<'giveInstruction'> = (call) =>
  start(call, { ...call.body, move: 'give', leaderId: null });

export const submitToLeader: Handler<'submitToLeader'> = (call) =>
  start(call, { ...call.body, move: 'submit' });
