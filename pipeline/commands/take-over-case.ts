import type { Actor } from '../domain/case.ts';
import type { TakeOverCommand } from '../domain/take-over.ts';
import type { RecordedDecision } from '../ports/case-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';
import { leaseEnd } from './open-case.ts';

/**
 * The director takes the claim of another person, for as long as an opened case is held.
 * @throws NotPermitted, NotFound, Conflict where nobody else holds it; then nothing was written
 */
export async function takeOverCase(
  { token, ...command }: TakeOverCommand & { token: string },
  actor: Actor,
  { stores, clock }: { stores: Pick<Stores, 'cases'>; clock: Clock },
): Promise<RecordedDecision> {
  const at = clock.now();
  return stores.cases.recordTakeOver({ command, claim: { token, expiresAt: leaseEnd(at) } }, actor, at);
}
