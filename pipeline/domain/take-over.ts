import { z } from 'zod';
import type { Actor, Case, CaseEvent } from './case.ts';
import { isUndecided } from './case.ts';
import { assertOwnQueue, eventOf } from './decision.ts';
import { Conflict, NotPermitted } from './errors.ts';
import type { Role } from './role.ts';

/** The director takes the case that another person holds: somebody left it open, or it can't wait. */
export const TakeOverCommand = z.object({
  commandId: z.uuid(),
  caseId: z.string(),
  note: z.string().max(2000).nullable(),
});
export type TakeOverCommand = z.infer<typeof TakeOverCommand>;

const actors: readonly Role[] = ['director'];

/** Does another person hold what this one may take over? */
export function mayTakeOver(current: Case, actor: Actor, now: string): boolean {
  const { claim } = current;
  const isHeld = claim !== null && claim.expiresAt > now && claim.actorId !== actor.id;
  return isHeld && isUndecided(current.state) && actor.roles.some((role) => actors.includes(role));
}

/** Pure: the claim is the director's from now on, and an event says whose it was. */
export function buildTakeOver(
  current: Case,
  { command, claim }: { command: TakeOverCommand; claim: { token: string; expiresAt: string } },
  actor: Actor,
  at: string,
): { next: Case; event: CaseEvent } {
  assertOwnQueue(current, actor);
  if (!actor.roles.some((role) => actors.includes(role))) {
    throw new NotPermitted('只有宣传部负责人可以接手别人正在处理的线索。');
  }
  if (!isUndecided(current.state)) throw new Conflict('这条线索已经处理过。');
  if (current.claim === null || !mayTakeOver(current, actor, at)) {
    throw new Conflict('这条线索没有别人在处理，直接打开即可。');
  }
  const holderId = current.claim.actorId;
  const event: CaseEvent = { ...eventOf(current, command.commandId, 'taken-over', actor, at), holderId };
  const next = { ...current, version: event.caseVersion, claim: { actorId: actor.id, ...claim } };
  return { next, event };
}
