import { Conflict, NotFound } from '../domain/errors.ts';
import type { User } from '../domain/user.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';

export interface PeoplePorts {
  stores: Pick<Stores, 'users' | 'sessions' | 'audit'>;
  clock: Clock;
}

const attempts = 8;

/**
 * Reads, changes and writes a user until nobody was faster. `change` may be called more than once.
 * @throws NotFound when there is no such user; Conflict when others were faster every time
 */
export async function changeUser(
  ports: PeoplePorts,
  userId: string,
  change: (user: User) => User,
): Promise<User> {
  for (let attempt = 1; ; attempt += 1) {
    const user = await ports.stores.users.find(userId);
    if (user === null) throw new NotFound('没有这个账号。');
    try {
      return await ports.stores.users.update(change(user));
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === attempts) throw error;
    }
  }
}

/** What happened to an account, without any password or address book detail. */
export async function appendUserAudit(
  ports: PeoplePorts,
  entry: {
    action: string;
    userId: string | null;
    actorId: string | null;
    payload?: Record<string, unknown>;
  },
): Promise<void> {
  await ports.stores.audit.append({
    id: ports.clock.newId(),
    log: 'audit',
    at: ports.clock.now(),
    actorId: entry.actorId,
    action: entry.action,
    subject: entry.userId ?? 'unknown-account',
    payload: entry.payload ?? {},
  });
}

/** The account can no longer sign in, and is signed out everywhere. Twice is harmless. */
export async function disableUser(ports: PeoplePorts, userId: string, actorId: string | null): Promise<void> {
  await changeUser(ports, userId, (user) => ({ ...user, disabled: true }));
  await ports.stores.sessions.deleteOfUser(userId);
  await appendUserAudit(ports, { action: 'user.disabled', userId, actorId });
}

/** Ends a lockout, and enables a disabled account again. */
export async function unlockUser(ports: PeoplePorts, userId: string, actorId: string | null): Promise<void> {
  await changeUser(ports, userId, (user) => ({
    ...user,
    disabled: false,
    failedLogins: 0,
    lockedUntil: null,
  }));
  await appendUserAudit(ports, { action: 'user.unlocked', userId, actorId });
}
