import { decisionMoves } from '../../pipeline/domain/decision.ts';
import type { RecordedDecision } from '../../pipeline/ports/case-store.ts';
import type { DecisionAnswer } from '../contract/decision.ts';

/** For what is no decision. */
export function presentEvent({ event, repeated }: RecordedDecision) {
  return { caseId: event.caseId, version: event.caseVersion, at: event.at, repeated };
}

/** What this command made, whatever has happened to the case since: a repeated call gets the same answer. */
export function presentDecision({ event, repeated }: RecordedDecision): DecisionAnswer {
  return {
    caseId: event.caseId,
    version: event.caseVersion,
    state: event.decision === null ? 'reopened' : decisionMoves[event.decision.kind].to,
    decisionId: event.id,
    at: event.at,
    repeated,
  };
}
