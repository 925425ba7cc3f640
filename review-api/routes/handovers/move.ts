import { moveHandover } from '../../../pipeline/commands/move-handover.ts';
import type { Call, Handler } from '../../http/call.ts';
import { moverOf } from './sight.ts';

type Moving = 'actOnHandover' | 'answerHandover' | 'manageHandover' | 'superviseHandover';

/** The routes differ in the right that they ask for, and so in the moves that they take. */
async function move(call: Call<Moving>) {
  const command = { ...call.body, handoverId: call.params.id };
  const { handover, event, repeated } = await moveHandover(command, moverOf(call), call.deps);
  return { id: handover.id, version: event.handoverVersion, state: event.to, repeated };
}

export const actOnHandover: Handler<'actOnHandover'> = move;
export const answerHandover: Handler<'answerHandover'> = move;
export const manageHandover: Handler<'manageHandover'> = move;
export const superviseHandover: Handler<'superviseHandover'> = move;
