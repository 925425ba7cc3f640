import type { answerRoutes } from '../../../review-api/contract/answers-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof answerRoutes;

const readers: Who = ['unit-reviewer', 'unit-head', 'reviewer', 'director', 'safety'];
const approvers: Who = ['director', 'safety'];
const workers: Who = ['reviewer', 'director', 'safety', 'operator'];
const collectors: Who = ['reviewer', 'director', 'operator'];

export const answerWho: { [N in Name]: Who } = {
  listAnswers: readers,
  exportAnswers: readers,
  readAnswer: readers,
  writeAnswer: readers,
  stepAnswer: readers,
  ruleOnAnswer: approvers,
  suggestAnswers: readers,
  readReply: workers,
  writeReply: workers,
  moveReply: workers,
  listCollectors: ['safety'],
  listReleases: ['safety'],
  releaseHelp: ['safety'],
  moveRelease: ['safety'],
  countCollected: collectors,
  listCollected: collectors,
  settleCollected: collectors,
};

export const answerAsked: Asked<Name> = {
  bodies: ({ commandId }) => ({
    writeAnswer: {
      ...{ commandId, kind: 'service', unitId: 'logistics', title: '检查权限', body: '检查权限用的正文。' },
      source: { document: '通知', date: '2026-11-01' },
      ...{ validFrom: '2026-11-01', validUntil: '2026-12-31' },
    },
    stepAnswer: { commandId, revision: 1, step: 'submit' },
    ruleOnAnswer: { commandId, revision: 1, ruling: 'approve' },
    writeReply: { commandId, text: '检查权限' },
    moveReply: { commandId, version: 1, to: 'ready' },
    releaseHelp: {
      ...{ commandId, caseVersion: 1, collectorId: 'nobody', stockAnswerId: 'none', stockAnswerVersion: 1 },
      replyText: '检查权限用的回复。',
    },
    moveRelease: { commandId, version: 1, move: 'withdraw' },
    settleCollected: { commandId, version: 1, outcome: 'posted' },
  }),
  queries: {},
};
