import type { instructionRoutes } from '../../../review-api/contract/instructions-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof instructionRoutes;

const readers = ['leader', 'principal', 'director', 'reviewer'] as const;
/** A head of a unit reads what was assigned to it. */
const withHeads = [...readers, 'unit-head'] as const;

export const instructionWho: { [N in Name]: Who } = {
  listInstructions: withHeads,
  readInstruction: withHeads,
  giveInstruction: ['leader', 'principal'],
  submitToLeader: ['director'],
  moveInstruction: withHeads,
  listLeaders: ['director'],
  listCards: readers,
  readCard: readers,
  saveCard: ['director', 'reviewer'],
};

export const instructionAsked: Asked<Name> = {
  bodies: ({ commandId }) => ({
    giveInstruction: { commandId, subject: { kind: 'topic', topic: 'fees' }, text: '请核实。' },
    submitToLeader: { commandId, subject: { kind: 'topic', topic: 'fees' }, leaderId: 'nobody' },
    moveInstruction: { commandId, version: 1, move: 'close' },
    saveCard: { commandId, version: 0, gist: '检查权限' },
  }),
  queries: {},
};
