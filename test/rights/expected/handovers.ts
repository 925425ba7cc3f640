import type { handoverRoutes } from '../../../review-api/contract/handovers-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof handoverRoutes;

const unit = ['unit-reviewer', 'unit-head'] as const;
const office = ['reviewer', 'director'] as const;

export const handoverWho: { [N in Name]: Who } = {
  listHandovers: [...unit, ...office, 'leader', 'principal'],
  countHandovers: [...unit, ...office, 'leader', 'principal'],
  planHandoverDue: office,
  listHandoversOfCase: office,
  readHandover: [...unit, ...office],
  actOnHandover: unit,
  answerHandover: ['unit-head'],
  manageHandover: office,
  superviseHandover: ['director', 'leader', 'principal'],
  linkHandover: office,
  openHandoverLink: 'anyone',
};

export const handoverAsked: Asked<Name> = {
  bodies: ({ commandId }) => ({
    actOnHandover: { commandId, version: 1, move: 'receive' },
    answerHandover: { commandId, version: 1, move: 'answer', text: '检查权限' },
    manageHandover: { commandId, version: 1, move: 'urge' },
    superviseHandover: { commandId, version: 1, move: 'supervise' },
    openHandoverLink: { token: 'no-such-token' },
  }),
  queries: { listHandovers: '?filter=all' },
};
