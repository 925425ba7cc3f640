import { draftSight, getDraft } from '../../../pipeline/commands/draft-sight.ts';
import type { Draft } from '../../../pipeline/domain/draft.ts';
import type { DraftMover } from '../../../pipeline/domain/draft-steps.ts';
import { type Call, getSignedIn } from '../../http/call.ts';

export function moverOf(call: Pick<Call, 'signedIn'>): DraftMover {
  const { user, appointments } = getSignedIn(call);
  return { id: user.id, student: user.student, appointments };
}

/** @throws NotFound */
export function readOwn(call: Pick<Call, 'signedIn' | 'deps'> & { params: { id: string } }): Promise<Draft> {
  return getDraft(call.params.id, moverOf(call), call.deps);
}

export function lookFor(call: Pick<Call, 'signedIn' | 'deps'>) {
  const mover = moverOf(call);
  return { ...draftSight(mover), mover, now: call.deps.clock.now() };
}
