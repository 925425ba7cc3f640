import { readCard as read, saveCard as save } from '../../../pipeline/commands/case-cards.ts';
import type { Handler } from '../../http/call.ts';
import { presentCard } from '../../present/instruction.ts';
import { cardRightsOf, moverOf, subjectOf } from './as-mover.ts';

export const saveCard: Handler<'saveCard'> = async (call) => {
  const mover = moverOf(call);
  const subject = subjectOf(call.params.id);
  await save({ ...call.body, subject }, { actorId: mover.id, rights: call.rights }, call.deps);
  const card = await read(subject, { rights: call.rights, mover }, call.deps);
  return presentCard(card, mover, cardRightsOf(call), call.deps);
};
