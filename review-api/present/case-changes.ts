import type { CaseEvent } from '../../pipeline/domain/case.ts';
import type { CaseChange } from '../contract/case-change.ts';
import type { RouteDeps } from '../http/call.ts';

/** What happened, in the order it did. */
export async function presentChanges(
  events: readonly CaseEvent[],
  viewerId: string,
  { directory }: Pick<RouteDeps, 'directory'>,
): Promise<CaseChange[]> {
  return Promise.all(
    events.map(async ({ at, actorId, kind, decision, reason }) => ({
      ...{ at, kind, byName: await directory.colleagueName(actorId), byMe: actorId === viewerId },
      decision: decision === null ? null : { kind: decision.kind, reason: decision.reason },
      reason: reason ?? null,
    })),
  );
}
