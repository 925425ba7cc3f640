import type { Mover } from '../../../pipeline/domain/handover-moves.ts';
import { type Action, rightsOf } from '../../../pipeline/domain/role.ts';
import { type Call, getSignedIn } from '../../http/call.ts';

/** What is due within so long is near. */
const nearMs = 2 * 86_400_000;

export function moverOf(call: Pick<Call, 'signedIn'>): Mover {
  const { user, appointments } = getSignedIn(call);
  return { id: user.id, appointments };
}

/** Now, and until when what is due is near. */
export function momentOf({ deps }: Pick<Call, 'deps'>): { now: string; until: string } {
  const now = deps.clock.now();
  return { now, until: new Date(Date.parse(now) + nearMs).toISOString() };
}

export function mayDo(call: Pick<Call, 'signedIn'>, action: Action): boolean {
  return rightsOf(getSignedIn(call).appointments, action).permitted;
}
