import { hasLeft } from '../domain/user.ts';
import { disableUser, type PeoplePorts } from './change-user.ts';

/**
 * Settles what leavers leave behind: the account is disabled, and sessions, claims and stand-ins end. That they can do nothing any
 * more has held since their last day ended, at every door and request (`mayEnter`).
 * @returns how many
 */
export async function dismissLeavers(ports: PeoplePorts, signal?: AbortSignal): Promise<number> {
  const now = ports.clock.now();
  const leavers = (await ports.stores.users.list()).filter((user) => !user.disabled && hasLeft(user, now));
  let dismissed = 0;
  for (const { id } of leavers) {
    if (signal?.aborted === true) break;
    await disableUser(ports, id, { actorId: null, action: 'user.left' });
    dismissed += 1;
  }
  return dismissed;
}
