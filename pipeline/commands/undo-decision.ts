import type { Actor } from '../domain/case.ts';
import type { UndoCommand } from '../domain/decision.ts';
import type { RecordedDecision } from '../ports/case-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';

/**
 * Takes back the decision that holds, as a new event.
 * @throws NotPermitted, NotFound, Conflict; then nothing was written
 */
export async function undoDecision(
  command: UndoCommand,
  actor: Actor,
  ports: { stores: Pick<Stores, 'cases'>; clock: Clock },
): Promise<RecordedDecision> {
  return ports.stores.cases.recordUndo(command, actor, ports.clock.now());
}
