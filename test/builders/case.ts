import type { Actor, Case } from '../../pipeline/domain/case.ts';
import type { DecisionCommand } from '../../pipeline/domain/decision.ts';

/** An undecided case as the judge opens it. */
export function buildCase(overrides: Partial<Case> & Pick<Case, 'id'>): Case {
  return {
    version: 1,
    state: 'open',
    queues: ['review'],
    accessClass: 'open',
    level: 'watch',
    riskScore: 40,
    lifeSafety: false,
    categories: ['unverified-claim'],
    service: null,
    channelId: 'main-site',
    postIds: [`main-site:article:${overrides.id}`],
    textVersion: 1,
    openedAt: '2026-11-20T01:00:00.000Z',
    decisionId: null,
    decidedAt: null,
    unitId: null,
    referredAt: null,
    previousCaseId: null,
    deadline: null,
    replySeenAt: null,
    claim: null,
    ...overrides,
  };
}

export const reviewer: Actor = { id: 'user-reviewer', roles: ['reviewer'] };
export const otherReviewer: Actor = { id: 'user-other', roles: ['reviewer'] };
export const director: Actor = { id: 'user-director', roles: ['director'] };
export const safetyOfficer: Actor = { id: 'user-safety', roles: ['safety'] };

export function buildDecisionCommand(
  overrides: Partial<DecisionCommand> & Pick<DecisionCommand, 'commandId' | 'caseId'>,
): DecisionCommand {
  return {
    version: 1,
    kind: 'no-action',
    reason: 'opinion-only',
    note: null,
    unitId: null,
    ...overrides,
  };
}
