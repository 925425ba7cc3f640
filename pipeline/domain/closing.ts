import { z } from 'zod';
import type { Actor, Case, CaseEvent } from './case.ts';
import { assertFree, assertOwnQueue, decisionMoves, eventOf } from './decision.ts';
import { Conflict, NotPermitted } from './errors.ts';

/** A person closes what was to be answered and has been. The machine only proposes it (R12). */
export const CloseCommand = z.object({
  commandId: z.uuid(),
  caseId: z.string(),
  /** The version the person saw. */
  version: z.int().positive(),
  note: z.string().max(2000).nullable(),
});
export type CloseCommand = z.infer<typeof CloseCommand>;

/** Decided to be answered, and nothing else has happened to it since. */
export function isToBeAnswered(current: Case, holding: CaseEvent | null): boolean {
  return current.state === 'decided' && holding?.decision?.kind === 'answer';
}

/**
 * Pure: the case closed, and the event that says so. Taking back the decision opens it again.
 * @param holding the event of the decision that holds; null where there is none
 */
export function buildClosing(
  current: Case,
  holding: CaseEvent | null,
  command: CloseCommand,
  actor: Actor,
  at: string,
): { next: Case; event: CaseEvent } {
  assertOwnQueue(current, actor);
  if (current.version !== command.version) throw new Conflict('这条线索已有更新，请重新打开后再处理。');
  assertFree(current, actor, at);
  if (!isToBeAnswered(current, holding)) throw new Conflict('只有处理意见为“拟稿回应”的线索可以这样办结。');
  if (!actor.roles.some((role) => decisionMoves.answer.actors.includes(role))) {
    throw new NotPermitted('您的角色不能办结这条线索。');
  }
  const event = eventOf(current, command.commandId, 'closed', actor, at);
  return { next: { ...current, version: event.caseVersion, state: 'closed', claim: null }, event };
}
