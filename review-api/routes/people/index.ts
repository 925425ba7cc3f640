import type { peopleRoutes } from '../../contract/people-routes.ts';
import type { Handler } from '../../http/call.ts';
import {
  addPerson,
  editPerson,
  endPersonSessions,
  movePerson,
  readPerson,
  resetPersonPassword,
} from './accounts.ts';
import { listPeople } from './list.ts';
import { endOtherSessions, endOwnSession, listOwnSessions } from './sessions.ts';
import {
  endOwnStandIn,
  endStandIn,
  listColleagues,
  listOwnStandIns,
  listStandIns,
  makeOwnStandIn,
  makeStandIn,
} from './stand-ins.ts';

export const peopleHandlers: { [N in keyof typeof peopleRoutes]: Handler<N> } = {
  listPeople,
  addPerson,
  readPerson,
  editPerson,
  movePerson,
  resetPersonPassword,
  endPersonSessions,
  listStandIns,
  makeStandIn,
  endStandIn,
  listOwnStandIns,
  makeOwnStandIn,
  endOwnStandIn,
  listColleagues,
  listOwnSessions,
  endOtherSessions,
  endOwnSession,
};
