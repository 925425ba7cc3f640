import type { Role } from '../../../pipeline/domain/role.ts';
import type { peopleRoutes } from '../../../review-api/contract/people-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof peopleRoutes;

const admin: readonly Role[] = ['account-admin'];

export const peopleWho: { [N in Name]: Who } = {
  listPeople: admin,
  addPerson: admin,
  readPerson: admin,
  editPerson: admin,
  movePerson: admin,
  resetPersonPassword: admin,
  endPersonSessions: admin,
  listStandIns: admin,
  makeStandIn: admin,
  endStandIn: admin,
  listOwnStandIns: 'signed-in',
  makeOwnStandIn: 'signed-in',
  endOwnStandIn: 'signed-in',
  listColleagues: 'signed-in',
  listOwnSessions: 'signed-in',
  endOtherSessions: 'signed-in',
  endOwnSession: 'signed-in',
};

export const peopleAsked: Asked<Name> = {
  bodies: ({ commandId, now }) => {
    const day = now.slice(0, 10);
    const days = { from: day, until: day, reason: 'leave', roles: ['editor'] };
    const ending = { commandId, version: 1 };
    return {
      addPerson: { commandId, login: `p${commandId.slice(0, 8)}`, name: '检查权限', roles: ['editor'] },
      editPerson: { seen: 'nothing', name: '检查权限' },
      movePerson: { move: 'unlock' },
      makeStandIn: { commandId, ...days, absentId: 'nobody', standInId: 'no-one' },
      endStandIn: ending,
      makeOwnStandIn: { commandId, ...days, standInId: 'no-one' },
      endOwnStandIn: ending,
    };
  },
  queries: { listPeople: '?state=leaving', listStandIns: '?state=over' },
};
