import { z } from 'zod';
import type { Actor, Case, CaseEvent, CaseState } from './case.ts';
import { isUndecided, ReopenReason } from './case.ts';
import { assertFree, assertOwnQueue, eventOf } from './decision.ts';
import { Conflict } from './errors.ts';

/** A person brings back what was done with. What was decided stays in the history as it was. */
export const ReopenCommand = z.object({
  commandId: z.uuid(),
  caseId: z.string(),
  /** The version the person saw. */
  version: z.int().positive(),
  reason: ReopenReason,
  note: z.string().max(2000).nullable(),
});
export type ReopenCommand = z.infer<typeof ReopenCommand>;

const reopenable: readonly CaseState[] = ['decided', 'answered', 'closed'];

/** A lead that was withdrawn is closed without a decision: there is nothing to look at again. */
function mayReopen(current: Case): boolean {
  return reopenable.includes(current.state) && current.decisionId !== null;
}

function assertReopenable(current: Case): void {
  if (isUndecided(current.state)) throw new Conflict('这条线索正在等待处理，不必重新打开。');
  if (current.state === 'handed-over') throw new Conflict('这条线索已转办，请在转办单里催办、收回或办结。');
  if (!mayReopen(current)) throw new Conflict('登记已撤回的线索不能重新打开。');
}

/**
 * Both sides decided about a danger, each for its own queue, and the one took it from the other's sight: both look again.
 * @param past what has happened to the case so far
 */
function queuesToLook(current: Case, past: readonly CaseEvent[]): Case['queues'] {
  if (!current.lifeSafety || current.accessClass !== 'open') return current.queues;
  const halves = past.filter(({ id, decision, before }) => {
    return decision !== null && before.accessClass === 'open' && id !== current.decisionId;
  });
  return [...new Set([...current.queues, ...halves.flatMap(({ before }) => before.queues)])];
}

/**
 * Pure: the case waits again, and no decision holds.
 * @param past what has happened to the case so far, oldest first
 */
export function buildReopening(
  { current, past }: { current: Case; past: readonly CaseEvent[] },
  command: ReopenCommand,
  actor: Actor,
  at: string,
): { next: Case; event: CaseEvent } {
  const queues = queuesToLook(current, past);
  assertOwnQueue({ ...current, queues }, actor);
  if (current.version !== command.version) throw new Conflict('这条线索已有更新，请重新打开后再处理。');
  assertReopenable(current);
  assertFree(current, actor, at);
  const event: CaseEvent = {
    ...eventOf(current, command.commandId, 'reopened', actor, at),
    reason: command.reason,
  };
  const open = { state: 'reopened', decisionId: null, decidedAt: null, claim: null } as const;
  return { next: { ...current, ...open, queues, version: event.caseVersion }, event };
}
