import { type Case, type CaseEvent, isUndecided } from './case.ts';
import { assertFree, eventOf } from './decision.ts';
import { Conflict } from './errors.ts';
import { type Handover, type HandoverEvent, isWithUnit, noDetails } from './handover.ts';
import type { HandoverMove, Mover } from './handover-moves.ts';

/** The decision that made the slip holds, and the case is where a slip leads it. */
function follows(current: Case, slip: Handover): boolean {
  const led = current.state === 'handed-over' || current.state === 'answered';
  return led && current.decisionId === slip.id;
}

const eventKinds: Partial<Record<HandoverMove, CaseEvent['kind']>> = {
  answer: 'unit-answered',
  return: 'unit-returned',
  redo: 'answer-refused',
  reassign: 'reassigned',
  close: 'closed',
  withdraw: 'handover-withdrawn',
};

/** Back in the queues from which it was handed over. */
function backInQueue(current: Case, decided: CaseEvent | null): Partial<Case> {
  const queues = [...new Set([...(decided?.before.queues ?? []), ...current.queues])];
  return { state: 'reopened', decisionId: null, decidedAt: null, queues };
}

function caseChange(
  current: Case,
  slip: Handover,
  { move, unitId }: { move: HandoverMove; unitId: string | null },
  decided: CaseEvent | null,
): Partial<Case> | null {
  const led = follows(current, slip);
  switch (move) {
    case 'answer':
      return led ? { state: 'answered' } : null;
    case 'redo':
      return led ? { state: 'handed-over' } : null;
    case 'close':
      return led ? { state: 'closed' } : null;
    case 'return':
    case 'withdraw':
      // A returned one is back already; whatever was decided since stands.
      return slip.state === 'returned' ? null : backInQueue(current, decided);
    case 'reassign':
      if (slip.state !== 'returned') return { unitId: unitId ?? current.unitId };
      return {
        ...{ state: 'handed-over', decisionId: slip.id, decidedAt: decided?.at ?? null },
        ...{ unitId: unitId ?? current.unitId, claim: null },
      };
    default:
      return null;
  }
}

/**
 * Pure: what a move of the slip makes of its case; null where the case stays as it is.
 * @param slip as it stood before the move
 * @param decided the event of the decision that made the slip
 * @throws Conflict where the case has moved on, or another person holds it
 */
export function caseAfterMove(
  known: { current: Case; slip: Handover; decided: CaseEvent | null },
  command: { commandId: string; move: HandoverMove; unitId: string | null },
  mover: Mover,
  at: string,
): { next: Case; event: CaseEvent } | null {
  const { current, slip, decided } = known;
  const kind = eventKinds[command.move];
  if (kind === undefined) return null;
  const actor = { id: mover.id, roles: mover.appointments.map(({ role }) => role) };
  if (command.move === 'reassign' && slip.state === 'returned') {
    if (current.state !== 'reopened') throw new Conflict('这条线索已另行处理，不能再改派。');
    assertFree(current, actor, at);
  }
  if (command.move === 'redo' && current.decisionId !== slip.id && !current.lifeSafety) {
    throw new Conflict('这条线索已另行处理，不能再退回重办。');
  }
  const changed = caseChange(current, slip, command, decided);
  if (changed === null) return null;
  const event = eventOf(current, `${command.commandId}/case`, kind, actor, at);
  return { next: { ...current, ...changed, version: event.caseVersion }, event };
}

/** Ids that come again for the same cause, so that it is written once; a case may have several slips. */
function byCase(slip: Handover, cause: CaseEvent): HandoverEvent {
  return {
    ...{
      id: `${cause.id}/slip/${slip.id}`,
      handoverId: slip.id,
      handoverVersion: slip.version + 1,
      kind: 'withdraw',
    },
    ...{ at: cause.at, actorId: cause.actorId, role: null, unitId: null, onBehalfOf: null },
    ...{ from: slip.state, to: 'withdrawn', details: noDetails },
  };
}

/** What the cause means for a slip that its unit has not answered: is it taken back? */
function isTakenBack(slip: Handover, before: Case, after: Case, cause: CaseEvent): boolean {
  if (after.accessClass === 'safety') return true;
  if (cause.kind === 'lead-withdrawn' || cause.undoes === slip.id) return true;
  // It came back, and the office has decided otherwise.
  if (slip.state === 'returned' && cause.kind === 'decided' && !isUndecided(after.state)) return true;
  const wasLed = follows(before, slip);
  return wasLed && isUndecided(after.state);
}

/**
 * Pure: what becomes of a slip when its case changes by other ways than the slip's own. A case that goes to those on duty takes it
 * along, out of everybody's sight (R19). Null where nothing changes.
 * @throws Conflict where a decision is taken back that a unit has answered already
 */
export function slipAfterCase(
  slip: Handover,
  { before, after, cause }: { before: Case; after: Case; cause: CaseEvent },
): { next: Handover; event: HandoverEvent | null } | null {
  const hidden = after.accessClass === 'safety';
  const open = isWithUnit(slip.state) || slip.state === 'returned';
  if (cause.undoes === slip.id && slip.state === 'answered' && !hidden) {
    throw new Conflict('承办单位已经答复，不能撤销转办。请办结，或退回重办。');
  }
  const withdrawn =
    (open || (hidden && slip.state === 'answered')) && isTakenBack(slip, before, after, cause);
  const originAccessClass = after.accessClass;
  if (withdrawn) {
    const event = byCase(slip, cause);
    const closed = { state: 'withdrawn', closedAt: cause.at, extension: null } as const;
    return { next: { ...slip, ...closed, version: event.handoverVersion, originAccessClass }, event };
  }
  // What was hidden once is not shown again, whatever becomes of the case.
  if (slip.originAccessClass === 'safety') return null;
  const { deadline } = after;
  if (originAccessClass === slip.originAccessClass && deadline === slip.deadline) return null;
  return { next: { ...slip, originAccessClass, deadline, version: slip.version + 1 }, event: null };
}
