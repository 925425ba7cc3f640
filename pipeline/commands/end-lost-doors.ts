import type { SignInDoor, User } from '../domain/user.ts';
import type { PeoplePorts } from './change-user.ts';

type Doors = Pick<User, 'identities' | 'emergency'>;

/** By which doors somebody came in as this account, and would not do so any more. */
function lostDoors(before: Doors, after: Doors): SignInDoor[] {
  const isKept = (one: Doors['identities'][number]) =>
    after.identities.some(({ provider, subject }) => provider === one.provider && subject === one.subject);
  const lost = before.identities.filter((one) => !isKept(one)).map(({ provider }) => provider);
  return before.emergency && !after.emergency ? [...lost, 'emergency'] : lost;
}

/** Whoever came in by what leads in no longer is out: somebody else's number may have been written there. */
export async function endLostDoors(
  before: User,
  after: User,
  { stores, clock }: Pick<PeoplePorts, 'clock'> & { stores: Pick<PeoplePorts['stores'], 'sessions'> },
): Promise<void> {
  const lost = lostDoors(before, after);
  if (lost.length === 0) return;
  const sessions = await stores.sessions.listOfUser(before.id, clock.now());
  for (const { id, door } of sessions) if (lost.includes(door)) await stores.sessions.delete(id);
}
