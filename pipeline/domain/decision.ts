import { z } from 'zod';
import { assertMayBulk } from './bulk.ts';
import type { Actor, Case, CaseEvent, CaseState } from './case.ts';
import { DecisionKind, isUndecided, ReasonCode } from './case.ts';
import type { QueueName } from './category.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from './errors.ts';
import { HandoverOrder } from './handover.ts';
import { type Role, rightsFor } from './role.ts';

/**
 * What a person asks for. `commandId` is chosen by the caller once per intention: a repeated call with the same id
 * and content gives the same answer and changes nothing.
 */
export const DecisionCommand = z.object({
  commandId: z.uuid(),
  caseId: z.string(),
  /** The version the person saw; another one is a Conflict. */
  version: z.int().positive(),
  kind: DecisionKind,
  reason: ReasonCode,
  note: z.string().max(2000).nullable(),
  unitId: z.string().nullable(),
  /** Where it is made for many cases together. */
  bulkId: z.uuid().optional(),
  /** For `hand-over`: what the slip says; what is left out has its usual value. */
  handover: HandoverOrder.optional(),
});
export type DecisionCommand = z.infer<typeof DecisionCommand>;

export const UndoCommand = z.object({
  commandId: z.uuid(),
  caseId: z.string(),
  version: z.int().positive(),
  /** The decision event to take back: the one that holds. */
  decisionId: z.string(),
  note: z.string().max(2000).nullable(),
});
export type UndoCommand = z.infer<typeof UndoCommand>;

const anyPublicity: readonly Role[] = ['reviewer', 'director', 'operator'];

interface Move {
  to: CaseState;
  actors: readonly Role[];
}

/** The status table: what each decision makes of an undecided case, and who may make it. */
export const decisionMoves: Record<DecisionKind, Move> = {
  'no-action': { to: 'decided', actors: [...anyPublicity, 'safety'] },
  answer: { to: 'decided', actors: anyPublicity },
  'hand-over': { to: 'handed-over', actors: ['reviewer', 'director'] },
  correct: { to: 'decided', actors: anyPublicity },
  'refer-safety': { to: 'reopened', actors: anyPublicity },
  'return-from-safety': { to: 'reopened', actors: ['safety'] },
  verify: { to: 'decided', actors: ['reviewer', 'director', 'safety'] },
  'mark-noise': { to: 'decided', actors: [...anyPublicity, 'safety'] },
};

/** Which reasons fit which decision; the first is the usual one. */
export const reasonsFor: Record<DecisionKind, readonly ReasonCode[]> = {
  'no-action': ['opinion-only', 'already-handled', 'help-given', 'not-about-school', 'misjudged'],
  answer: ['service-need', 'needs-facts', 'already-handled'],
  'hand-over': ['service-need', 'safety-risk', 'needs-facts', 'own-error'],
  correct: ['own-error', 'personal-data'],
  'refer-safety': ['safety-risk'],
  'return-from-safety': ['misrouted', 'misjudged'],
  verify: ['needs-facts', 'safety-risk'],
  'mark-noise': ['advert-or-spam', 'not-about-school'],
};

/** Where life is in danger, the publicity office and those on duty work at the same time: neither waits for the other. */
function isSharedDanger(current: Case): boolean {
  return current.lifeSafety && current.queues.includes('safety') && current.queues.length > 1;
}

/** Does another person's claim keep this one from deciding? The version still lets one decision through at a time. */
export function isHeldAgainst(current: Case, actor: Actor, now: string): boolean {
  const { claim } = current;
  if (claim === null || claim.expiresAt <= now || claim.actorId === actor.id) return false;
  return !isSharedDanger(current);
}

export function assertFree(current: Case, actor: Actor, now: string): void {
  if (isHeldAgainst(current, actor, now)) throw new Conflict('另一位同事正在处理这条线索。');
}

/**
 * Where life is in danger, the publicity office and those on duty each decide for their own queues: neither takes the case
 * away from the other. @returns the queues that still wait
 */
function queuesStillWaiting(current: Case, command: DecisionCommand, actor: Actor): QueueName[] {
  const moved = command.kind === 'refer-safety' || command.kind === 'return-from-safety';
  if (!current.lifeSafety || moved) return [];
  const own = rightsFor(actor.roles, 'case.decide').queues;
  return current.queues.filter((queue) => !own.includes(queue));
}

export function assertOwnQueue(current: Case, actor: Actor): void {
  const rights = rightsFor(actor.roles, 'case.decide');
  if (!rights.accessClasses.includes(current.accessClass)) throw new NotFound('没有这条线索。');
  if (!current.queues.some((queue) => rights.queues.includes(queue))) {
    throw new NotPermitted('这条线索不在您的队列。');
  }
}

function assertDecidable(current: Case, actor: Actor, command: DecisionCommand, now: string): void {
  assertOwnQueue(current, actor);
  if (command.bulkId !== undefined) assertMayBulk(current, command.kind);
  if (current.version !== command.version) throw new Conflict('这条线索已有更新，请重新打开后再处理。');
  if (!isUndecided(current.state)) throw new Conflict('这条线索已经处理过。');
  assertFree(current, actor, now);
  const move = decisionMoves[command.kind];
  if (!actor.roles.some((role) => move.actors.includes(role))) {
    throw new NotPermitted('您的角色不能作出这个处理意见。');
  }
  if (!reasonsFor[command.kind].includes(command.reason)) {
    throw new InvalidInput('reason', '理由与处理意见不相符。', reasonsFor[command.kind].join(', '));
  }
  if (command.kind === 'hand-over' && command.unitId === null) {
    throw new InvalidInput('unitId', '转办须选定负责单位。');
  }
  if (command.kind !== 'hand-over' && command.handover !== undefined) {
    throw new InvalidInput('handover', '只有转办才填写转办单。');
  }
  if (command.kind === 'hand-over' && current.accessClass === 'safety') {
    throw new InvalidInput('kind', '自伤线索不能转办。');
  }
  if (command.kind !== 'hand-over' && command.unitId !== null) {
    throw new InvalidInput('unitId', '只有转办才填写负责单位。');
  }
  if (command.kind === 'mark-noise' && current.accessClass === 'safety') {
    throw new InvalidInput('kind', '自伤线索不能标为噪声。', '误报请退回审核，或选“无需处理”并写明理由');
  }
  if (command.kind === 'return-from-safety' && current.accessClass !== 'safety') {
    throw new InvalidInput('kind', '这条线索不在安全队列。');
  }
}

/** By a person, for the next version of the case. */
export function eventOf(
  current: Case,
  id: string,
  kind: CaseEvent['kind'],
  actor: Actor,
  at: string,
): CaseEvent {
  const { state, accessClass, queues, unitId, referredAt } = current;
  return {
    id,
    caseId: current.id,
    caseVersion: current.version + 1,
    kind,
    at,
    actorId: actor.id,
    decision: null,
    undoes: null,
    postId: null,
    inherits: null,
    before: { state, accessClass, queues, unitId, referredAt },
  };
}

/** Pure: the case after a decision and the event that says so. Throws what the caller can act on. */
export function buildDecision(
  current: Case,
  command: DecisionCommand,
  actor: Actor,
  at: string,
): { next: Case; event: CaseEvent } {
  assertDecidable(current, actor, command, at);
  const event = eventOf(current, command.commandId, 'decided', actor, at);
  event.decision = {
    ...{ kind: command.kind, reason: command.reason, unitId: command.unitId },
    ...(command.bulkId === undefined ? {} : { bulkId: command.bulkId }),
  };
  const waiting = queuesStillWaiting(current, command, actor);
  const next: Case = {
    ...current,
    version: event.caseVersion,
    state: waiting.length > 0 ? current.state : decisionMoves[command.kind].to,
    queues: waiting.length > 0 ? waiting : current.queues,
    decisionId: event.id,
    decidedAt: at,
    unitId: command.unitId ?? current.unitId,
    claim: null,
  };
  if (command.kind === 'refer-safety') {
    next.accessClass = 'safety';
    next.queues = ['safety'];
    next.referredAt = at;
  }
  if (command.kind === 'return-from-safety') {
    next.accessClass = 'open';
    // Back to who would have answered it, had it never been here.
    next.queues = current.service !== null && current.categories.length === 0 ? ['service'] : ['review'];
    next.referredAt = null;
  }
  return { next, event };
}

/** Pure: takes back the decision that holds. The case stands again as it stood before, one version later. */
export function buildUndo(
  current: Case,
  undone: CaseEvent,
  command: UndoCommand,
  actor: Actor,
  at: string,
): { next: Case; event: CaseEvent } {
  assertOwnQueue({ ...current, queues: [...current.queues, ...undone.before.queues] }, actor);
  if (current.version !== command.version) throw new Conflict('这条线索已有更新，请重新打开后再处理。');
  if (undone.caseId !== current.id || undone.decision === null || current.decisionId !== undone.id) {
    throw new Conflict('只能撤销目前有效的处理意见。');
  }
  if (undone.actorId !== actor.id && !actor.roles.includes('director')) {
    throw new NotPermitted('只有作出处理意见的人或宣传部负责人可以撤销。');
  }
  assertFree(current, actor, at);
  const event = eventOf(current, command.commandId, 'undone', actor, at);
  event.undoes = undone.id;
  const next: Case = {
    ...current,
    ...undone.before,
    version: event.caseVersion,
    state: undone.before.state === 'open' ? 'reopened' : undone.before.state,
    decisionId: null,
    decidedAt: null,
    claim: null,
  };
  return { next, event };
}
