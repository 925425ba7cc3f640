import type { handoverRoutes } from '../../contract/handovers-routes.ts';
import type { Handler } from '../../http/call.ts';
import { countHandovers } from './count.ts';
import { linkHandover, openHandoverLink } from './link.ts';
import { listHandovers } from './list.ts';
import { actOnHandover, answerHandover, manageHandover, superviseHandover } from './move.ts';
import { listHandoversOfCase } from './of-case.ts';
import { planHandoverDue } from './plan-due.ts';
import { readHandover } from './read.ts';

export const handoverHandlers: { [N in keyof typeof handoverRoutes]: Handler<N> } = {
  listHandovers,
  countHandovers,
  planHandoverDue,
  listHandoversOfCase,
  readHandover,
  actOnHandover,
  answerHandover,
  manageHandover,
  superviseHandover,
  linkHandover,
  openHandoverLink,
};
