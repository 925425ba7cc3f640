import { administrationRoutes } from './administration-routes.ts';
import { answerRoutes } from './answers-routes.ts';
import { authorityRoutes } from './authority-routes.ts';
import { briefsRoutes } from './briefs-routes.ts';
import { burstsRoutes } from './bursts-routes.ts';
import { CaseAnswer, ClaimAnswer, OpenCaseRequest, ReadCaseQuery, TextVersions } from './case-detail.ts';
import { caseRoutes } from './case-routes.ts';
import { CaseListQuery, CasePage } from './case-summary.ts';
import { channelRoutes } from './channel-routes.ts';
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
import { draftFilesRoutes } from './draft-files-routes.ts';
import { draftRecordRoutes } from './draft-record-routes.ts';
import { draftTalkRoutes } from './draft-talk-routes.ts';
import { draftWechatRoutes } from './draft-wechat-routes.ts';
import { draftRoutes } from './drafts-routes.ts';
import { handoverRoutes } from './handovers-routes.ts';
import { Health, OpenApiDocument } from './health.ts';
import { instructionRoutes } from './instructions-routes.ts';
import { JudgeAnswer, JudgeRequest } from './judge.ts';
import { leadRoutes } from './lead-routes.ts';
import { liveRoutes } from './live-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { QueueCounts } from './queue.ts';
import { plain, type RouteSpec, withId } from './route-spec.ts';
import {
  RuleHistory,
  RuleList,
  RuleStateRequest,
  RuleStatsList,
  RuleStatsQuery,
  RuleView,
  SaveRuleRequest,
  TrialProgress,
  WhatIfRequest,
  WhatIfView,
} from './rule.ts';
import { safeguardRoutes } from './safeguards-routes.ts';
import { SearchPage, SearchQuery } from './search.ts';
import { LoginRequest, Me, PasswordRequest } from './session.ts';
import { setupRoutes } from './setup-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { topicsRoutes } from './topics-routes.ts';
import { trendsRoutes } from './trends-routes.ts';
import { webhookRoutes } from './webhooks-routes.ts';

export type { RouteSpec } from './route-spec.ts';

/** Random per page load: which of one person's tabs holds a claim. Optional; 8 to 64 of A–Z, a–z, 0–9, `-`, `_`. */
export const tabHeader = 'x-guanlan-tab';

/** Every route of the API, once: mounting, OpenAPI, the client and the rights matrix all walk this table. */
export const routes = {
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
  searchPosts: {
    ...plain,
    method: 'get',
    path: '/api/search',
    summary: 'Posts in which every word occurs, newest first; logged with its purpose',
    action: 'post.search',
    query: SearchQuery,
    answer: SearchPage,
    cost: 5,
  },
  ...caseRoutes,
  ...leadRoutes,
  ...channelRoutes,
  ...peopleRoutes,
  ...signInRoutes,
  ...setupRoutes,
  ...administrationRoutes,
  ...authorityRoutes,
  ...trendsRoutes,
  ...topicsRoutes,
  ...burstsRoutes,
  ...briefsRoutes,
  ...deskRoutes,
  ...handoverRoutes,
  ...answerRoutes,
  ...instructionRoutes,
  ...safeguardRoutes,
  ...webhookRoutes,
  // Before the routes of one draft: its figures are none.
  ...draftRecordRoutes,
  ...draftRoutes,
  ...draftFilesRoutes,
  ...draftTalkRoutes,
  ...draftWechatRoutes,
  ...liveRoutes,
  judgeTexts: {
    ...plain,
    method: 'post',
    path: '/api/judge',
    summary: 'Judge up to 100 texts as posts are judged, in their order; nothing is stored',
    action: 'text.judge',
    body: JudgeRequest,
    answer: JudgeAnswer,
    cost: 10,
  },
  listRules: {
    ...plain,
    method: 'get',
    path: '/api/rules',
    summary: 'All rules with their state; overdue ones are marked',
    action: 'rule.read',
    answer: RuleList,
  },
  saveRule: {
    ...plain,
    method: 'post',
    path: '/api/rules',
    summary: 'Save a new rule as a draft, or a changed one as its next version; the linter must find nothing',
    action: 'rule.edit',
    body: SaveRuleRequest,
    answer: RuleView,
  },
  readRuleStats: {
    ...plain,
    method: 'get',
    path: '/api/rules/stats',
    summary: 'Hits, precision from decisions and alarms of each rule over the last days',
    action: 'rule.read',
    query: RuleStatsQuery,
    answer: RuleStatsList,
  },
  tryRule: {
    ...plain,
    method: 'post',
    path: '/api/rules/what-if',
    summary:
      'What a rule or a word would do with the stored posts; logged with its purpose, ends with the connection',
    action: 'rule.edit',
    body: WhatIfRequest,
    answer: WhatIfView,
    cost: 30,
  },
  readTrial: {
    ...withId,
    method: 'get',
    path: '/api/rules/trials/:id',
    summary: 'How far one’s own what-if is, while it runs',
    action: 'rule.edit',
    answer: TrialProgress,
  },
  readRuleHistory: {
    ...withId,
    method: 'get',
    path: '/api/rules/:id/history',
    summary: 'The versions of a rule, newest first, by whom and why, and what one may make of it',
    action: 'rule.read',
    answer: RuleHistory,
  },
  changeRuleState: {
    ...withId,
    method: 'post',
    path: '/api/rules/:id/state',
    summary: 'Bring a rule into its next state; live and out of it by the director',
    action: 'rule.edit',
    body: RuleStateRequest,
    answer: RuleView,
  },
  readOpenApi: {
    ...plain,
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This description',
    action: 'public',
    answer: OpenApiDocument,
  },
  checkHealth: {
    ...plain,
    method: 'get',
    path: '/healthz',
    summary: 'The process answers',
    action: 'public',
    answer: Health,
  },
  checkReady: {
    ...plain,
    method: 'get',
    path: '/readyz',
    summary: 'The store answers',
    action: 'public',
    answer: Health,
  },
} as const satisfies Record<string, RouteSpec>;

export type RouteName = keyof typeof routes;
