import type { Actor, Case } from '../../pipeline/domain/case.ts';
import { DecisionKind, isUndecided } from '../../pipeline/domain/case.ts';
import { decisionMoves, isHeldAgainst, reasonsFor } from '../../pipeline/domain/decision.ts';
import type { CaseEventWithNote } from '../../pipeline/ports/case-store.ts';
import type { DecisionOption } from '../contract/case-detail.ts';

/** Which decisions this person may make now. The command checks again; this only keeps screens from offering what it refuses. */
export function buildDecisionOptions(
  one: Case,
  actor: Actor,
  { now, inOwnQueue }: { now: string; inOwnQueue: boolean },
): DecisionOption[] {
  if (!inOwnQueue || isHeldAgainst(one, actor, now) || !isUndecided(one.state)) return [];
  return DecisionKind.options
    .filter((kind) => decisionMoves[kind].actors.some((role) => actor.roles.includes(role)))
    .filter((kind) => kind !== 'return-from-safety' || one.accessClass === 'safety')
    .filter((kind) => kind !== 'refer-safety' || one.accessClass !== 'safety')
    .map((kind) => ({ kind, reasons: [...reasonsFor[kind]], needsUnit: kind === 'hand-over' }));
}

export function findUndoable(
  one: Case,
  events: readonly CaseEventWithNote[],
  actor: Actor,
  inOwnQueue: boolean,
): { decisionId: string } | null {
  const holding = events.find((event) => event.id === one.decisionId);
  if (holding === undefined || !inOwnQueue) return null;
  const mayUndo = holding.actorId === actor.id || actor.roles.includes('director');
  return mayUndo ? { decisionId: holding.id } : null;
}
