import type { Actor, Case } from '../../pipeline/domain/case.ts';
import { DecisionKind, isUndecided, type ReasonCode } from '../../pipeline/domain/case.ts';
import { isToBeAnswered } from '../../pipeline/domain/closing.ts';
import { buildUndo, decisionMoves, isHeldAgainst, reasonsFor } from '../../pipeline/domain/decision.ts';
import { GuanlanError } from '../../pipeline/domain/errors.ts';
import { buildReopening } from '../../pipeline/domain/reopening.ts';
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
    .filter((kind) => kind !== 'mark-noise' || one.accessClass !== 'safety')
    .map((kind) => ({ kind, reasons: orderReasons(one, kind), needsUnit: kind === 'hand-over' }));
}

/** May this person close the case now? Only what was decided to be answered, by whom may decide that. */
export function mayClose(
  one: Case,
  state: { events: readonly CaseEventWithNote[]; actor: Actor; now: string; inOwnQueue: boolean },
): boolean {
  const holding = state.events.find(({ id }) => id === one.decisionId) ?? null;
  const isAllowed = state.actor.roles.some((role) => decisionMoves.answer.actors.includes(role));
  const isFree = state.inOwnQueue && !isHeldAgainst(one, state.actor, state.now);
  return isAllowed && isFree && isToBeAnswered(one, holding);
}

/** The usual reason first; where life is in danger a hand-over is about that. */
function orderReasons(one: Case, kind: DecisionKind): ReasonCode[] {
  const usual = [...reasonsFor[kind]];
  if (kind !== 'hand-over' || !one.lifeSafety) return usual;
  return ['safety-risk', ...usual.filter((reason) => reason !== 'safety-risk')];
}

/** The decision that this person may take back now. */
export function findUndoable(
  one: Case,
  events: readonly CaseEventWithNote[],
  actor: Actor,
  now: string,
): { decisionId: string } | null {
  const holding = events.find((event) => event.id === one.decisionId);
  if (holding === undefined) return null;
  const decisionId = holding.id;
  const command = { commandId: '', caseId: one.id, version: one.version, decisionId, note: null };
  return isAllowed(() => buildUndo(one, holding, command, actor, now)) ? { decisionId } : null;
}

/** May this person bring the case back now? */
export function mayReopenNow(
  one: Case,
  past: readonly CaseEventWithNote[],
  actor: Actor,
  now: string,
): boolean {
  const command = {
    commandId: '',
    caseId: one.id,
    version: one.version,
    reason: 'new-facts',
    note: null,
  } as const;
  return isAllowed(() => buildReopening({ current: one, past }, command, actor, now));
}

/** Asked of the very rule that the command follows. */
function isAllowed(build: () => unknown): boolean {
  try {
    build();
    return true;
  } catch (error) {
    if (error instanceof GuanlanError) return false;
    throw error;
  }
}
