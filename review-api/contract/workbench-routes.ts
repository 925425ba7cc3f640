import { CaseAnswer, ClaimAnswer, OpenCaseRequest, ReadCaseQuery, TextVersions } from './case-detail.ts';
import { caseRoutes } from './case-routes.ts';
import { CaseListQuery, CasePage } from './case-summary.ts';
import {
  CloseAnswer,
  CloseRequest,
  DecisionAnswer,
  DecisionRequest,
  SplitAnswer,
  SplitRequest,
  UndoRequest,
} from './decision.ts';
import { deskRoutes } from './desk-routes.ts';
import { leadRoutes } from './lead-routes.ts';
import { QueueCounts } from './queue.ts';
import { plain, type RouteSpec, withId } from './route-spec.ts';
import { LoginRequest, Me, PasswordRequest } from './session.ts';
import { signInRoutes } from './sign-in-routes.ts';

/** Random per page load: which of one person's tabs holds a claim. Optional; 8 to 64 of A–Z, a–z, 0–9, `-`, `_`. */
export const tabHeader = 'x-guanlan-tab';

/** Signing in, and the queues with their cases: what pages ask before another page is opened. */
export const workbenchRoutes = {
  login: {
    ...plain,
    method: 'post',
    path: '/api/session',
    summary: 'Sign in; sets the session cookie',
    action: 'public',
    body: LoginRequest,
    answer: Me,
  },
  readSession: {
    ...plain,
    method: 'get',
    path: '/api/session',
    summary: 'Who is signed in',
    action: 'signed-in',
    withFirstPassword: true,
    answer: Me,
  },
  logout: {
    ...plain,
    method: 'delete',
    path: '/api/session',
    summary: 'Sign out',
    action: 'signed-in',
    withFirstPassword: true,
  },
  changePassword: {
    ...plain,
    method: 'post',
    path: '/api/session/password',
    summary: 'Change one’s own password; ends all other sessions and renews this one',
    action: 'signed-in',
    withFirstPassword: true,
    body: PasswordRequest,
    answer: Me,
  },
  countQueues: {
    ...plain,
    method: 'get',
    path: '/api/queues',
    summary: 'Undecided cases in one’s queues',
    action: 'case.list',
    answer: QueueCounts,
    background: true,
  },
  listCases: {
    ...plain,
    method: 'get',
    path: '/api/cases',
    summary: 'One queue, riskiest first',
    action: 'case.list',
    query: CaseListQuery,
    answer: CasePage,
  },
  readCase: {
    ...withId,
    method: 'get',
    path: '/api/cases/:id',
    summary: 'Read a case without claiming it; logged',
    action: 'case.read',
    query: ReadCaseQuery,
    answer: CaseAnswer,
  },
  openCase: {
    ...withId,
    method: 'post',
    path: '/api/cases/:id/open',
    summary: 'Open a case to work on it: claims it for 30 minutes where it is free; logged',
    action: 'case.claim',
    body: OpenCaseRequest,
    answer: CaseAnswer,
  },
  renewClaim: {
    ...withId,
    method: 'post',
    path: '/api/cases/:id/claim/renew',
    summary: 'Renew one’s own claim',
    action: 'case.claim',
    answer: ClaimAnswer,
  },
  releaseClaim: {
    ...withId,
    method: 'delete',
    path: '/api/cases/:id/claim',
    summary: 'Free one’s own claim',
    action: 'case.claim',
  },
  recordDecision: {
    ...withId,
    method: 'post',
    path: '/api/cases/:id/decisions',
    summary: 'Decide, with a reason',
    action: 'case.decide',
    body: DecisionRequest,
    answer: DecisionAnswer,
  },
  undoDecision: {
    ...withId,
    method: 'post',
    path: '/api/cases/:id/undo',
    summary: 'Take back the decision that holds',
    action: 'case.decide',
    body: UndoRequest,
    answer: DecisionAnswer,
  },
  splitCopy: {
    ...withId,
    method: 'post',
    path: '/api/cases/:id/split',
    summary: 'Part a near copy from a case; it waits in one of its own',
    action: 'case.decide',
    body: SplitRequest,
    answer: SplitAnswer,
  },
  closeCase: {
    ...withId,
    method: 'post',
    path: '/api/cases/:id/close',
    summary: 'Close what was decided to be answered and has been',
    action: 'case.decide',
    body: CloseRequest,
    answer: CloseAnswer,
  },
  readVersions: {
    ...withId,
    method: 'get',
    path: '/api/cases/:id/versions',
    summary: 'What stood at the source before it was edited; logged',
    action: 'case.read',
    query: ReadCaseQuery,
    answer: TextVersions,
  },
  ...caseRoutes,
  ...deskRoutes,
  ...leadRoutes,
  ...signInRoutes,
} as const satisfies Record<string, RouteSpec>;
