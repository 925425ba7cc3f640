import { readCard as read } from '../../../pipeline/commands/case-cards.ts';
import type { Handler } from '../../http/call.ts';
import { presentCard } from '../../present/instruction.ts';
import { cardRightsOf, moverOf, subjectOf } from './as-mover.ts';

export const readCard: Handler<'readCard'> = async (call) => {
  const mover = moverOf(call);
  const card = await read(subjectOf(call.params.id), { rights: call.rights, mover }, call.deps);
  return presentCard(card, mover, cardRightsOf(call), call.deps);
};
