import { administrationRoutes } from './administration-routes.ts';
import { answerRoutes } from './answers-routes.ts';
import { authorityRoutes } from './authority-routes.ts';
import { briefsRoutes } from './briefs-routes.ts';
import { burstsRoutes } from './bursts-routes.ts';
import { channelRoutes } from './channel-routes.ts';
import { draftFilesRoutes } from './draft-files-routes.ts';
import { draftRecordRoutes } from './draft-record-routes.ts';
import { draftTalkRoutes } from './draft-talk-routes.ts';
import { draftWechatRoutes } from './draft-wechat-routes.ts';
import { draftRoutes } from './drafts-routes.ts';
import { guideRoutes } from './guide-routes.ts';
import { handoverRoutes } from './handovers-routes.ts';
import { Health, OpenApiDocument } from './health.ts';
import { instructionRoutes } from './instructions-routes.ts';
import { JudgeAnswer, JudgeRequest } from './judge.ts';
import { liveRoutes } from './live-routes.ts';
import { peopleRoutes } from './people-routes.ts';
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
import { setupRoutes } from './setup-routes.ts';
import { topicsRoutes } from './topics-routes.ts';
import { trendsRoutes } from './trends-routes.ts';
import { webhookRoutes } from './webhooks-routes.ts';
import { workbenchRoutes } from './workbench-routes.ts';

export type { RouteSpec } from './route-spec.ts';
export { tabHeader } from './workbench-routes.ts';

/** Every route of the API, once: mounting, OpenAPI, the client and the rights matrix all walk this table. */
export const routes = {
  ...workbenchRoutes,
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
  ...channelRoutes,
  ...peopleRoutes,
  ...setupRoutes,
  ...guideRoutes,
  ...administrationRoutes,
  ...authorityRoutes,
  ...trendsRoutes,
  ...topicsRoutes,
  ...burstsRoutes,
  ...briefsRoutes,
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
