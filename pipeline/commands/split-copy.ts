import type { Actor } from '../domain/case.ts';
import type { SplitCommand } from '../domain/split.ts';
import type { RecordedSplit } from '../ports/case-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';

/**
 * Parts a near copy from a case: from now on it waits in one of its own.
 * @throws NotPermitted, NotFound, Conflict, InvalidInput (`postId`); then nothing was written
 */
export async function splitCopy(
  command: SplitCommand,
  actor: Actor,
  ports: { stores: Pick<Stores, 'cases'>; clock: Clock },
): Promise<RecordedSplit> {
  return ports.stores.cases.recordSplit(command, actor, ports.clock.now());
}
