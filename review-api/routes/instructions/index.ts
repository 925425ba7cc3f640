import type { instructionRoutes } from '../../contract/instructions-routes.ts';
import type { Handler } from '../../http/call.ts';
import { listCards } from './cards.ts';
import { listLeaders } from './leaders.ts';
import { listInstructions } from './list.ts';
import { moveInstruction } from './move.ts';
import { readInstruction } from './read.ts';
import { readCard } from './read-card.ts';
import { saveCard } from './save-card.ts';
import { giveInstruction, submitToLeader } from './start.ts';

export const instructionHandlers: { [N in keyof typeof instructionRoutes]: Handler<N> } = {
  listInstructions,
  readInstruction,
  giveInstruction,
  submitToLeader,
  moveInstruction,
  listLeaders,
  listCards,
  readCard,
  saveCard,
};
