import { SeenRequest } from './docket.ts';
import {
  RemovalAppeal,
  RemovalAppealOutcome,
  RemovalDetail,
  RemovalDone,
  RemovalForm,
  RemovalListQuery,
  RemovalPage,
  RemovalReceipt,
  RemovalRefusal,
} from './removal.ts';
import { plain, type RouteSpec, withId } from './route-spec.ts';

/** The register of lawful removals (R10): nothing here removes anything. */
export const removalRoutes = {
  proposeRemoval: {
    ...plain,
    method: 'post',
    path: '/api/removals',
    summary:
      'Register that something is to be removed, by a person, on its platform; nothing is removed by this',
    action: 'removal.register',
    body: RemovalForm,
    answer: RemovalReceipt,
  },
  listRemovals: {
    ...plain,
    method: 'get',
    path: '/api/removals',
    summary: 'Removals, newest first; facts without texts',
    action: 'removal.read',
    query: RemovalListQuery,
    answer: RemovalPage,
  },
  readRemoval: {
    ...withId,
    method: 'get',
    path: '/api/removals/:id',
    summary: 'One of them, with the texts that the person may see',
    action: 'removal.read',
    answer: RemovalDetail,
  },
  approveRemoval: {
    ...withId,
    method: 'post',
    path: '/api/removals/:id/approve',
    summary: 'The second person agrees',
    action: 'removal.approve',
    body: SeenRequest,
    answer: RemovalReceipt,
  },
  refuseRemoval: {
    ...withId,
    method: 'post',
    path: '/api/removals/:id/refuse',
    summary: 'The second person does not agree, with a reason',
    action: 'removal.approve',
    body: RemovalRefusal,
    answer: RemovalReceipt,
  },
  recordRemovalDone: {
    ...withId,
    method: 'post',
    path: '/api/removals/:id/done',
    summary: 'A person has removed it on the platform',
    action: 'removal.register',
    body: RemovalDone,
    answer: RemovalReceipt,
  },
  registerRemovalAppeal: {
    ...withId,
    method: 'post',
    path: '/api/removals/:id/appeal',
    summary: 'Whoever wrote it objects',
    action: 'removal.register',
    body: RemovalAppeal,
    answer: RemovalReceipt,
  },
  settleRemovalAppeal: {
    ...withId,
    method: 'post',
    path: '/api/removals/:id/settle',
    summary: 'Settle the appeal, by somebody who had no part in the removal',
    action: 'removal.approve',
    body: RemovalAppealOutcome,
    answer: RemovalReceipt,
  },
} as const satisfies Record<string, RouteSpec>;
