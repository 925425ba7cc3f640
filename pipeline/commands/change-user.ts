import type { Actor } from '../domain/case.ts';
import { Conflict, NotFound } from '../domain/errors.ts';
import type { User } from '../domain/user.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
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
  return changeOnRecord(ports, userId, { change });
}

/** As `changeUser`; what `describe` says of the change is written with it. */
export async function changeOnRecord(
  ports: PeoplePorts,
  userId: string,
  {
    change,
    describe,
  }: { change: (user: User) => User; describe?: (before: User, after: User) => NewAuditEntry },
): Promise<User> {
  for (let attempt = 1; ; attempt += 1) {
    const user = await ports.stores.users.find(userId);
    if (user === null) throw new NotFound('没有这个账号。');
    const next = change(user);
    try {
      return await ports.stores.users.update(next, describe?.(user, next));
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
  await ports.stores.audit.append(buildUserAudit(ports.clock, entry));
}

export function buildUserAudit(clock: Clock, entry: Parameters<typeof appendUserAudit>[1]): NewAuditEntry {
  return {
    ...{ id: clock.newId(), log: 'audit', at: clock.now(), actorId: entry.actorId, action: entry.action },
    subject: entry.userId ?? 'unknown-account',
    payload: entry.payload ?? {},
  };
}

/** For the payload of what is done with a lent right. */
export function inSteadOf({ onBehalfOf }: Pick<Actor, 'onBehalfOf'>): { onBehalfOf?: string[] } {
  return onBehalfOf === undefined ? {} : { onBehalfOf };
}

/**
 * The account can no longer sign in; sessions, claims and stand-ins end with it. Twice is harmless.
 * @throws NotFound; InvalidInput where nobody who can manage accounts would be left
 */
export async function disableUser(
  ports: PeoplePorts,
  userId: string,
  by: { actorId: string | null; action?: 'user.disabled' | 'user.left'; onBehalfOf?: string[] },
): Promise<User> {
  const { actorId, action = 'user.disabled', ...payload } = by;
  const audit = buildUserAudit(ports.clock, { action, userId, actorId, payload });
  const disabled = await ports.stores.users.disable(userId, audit);
  if (disabled === null) throw new NotFound('没有这个账号。');
  return disabled;
}

/** Ends a lockout, and enables a disabled account again. */
export async function unlockUser(ports: PeoplePorts, userId: string, actorId: string | null): Promise<void> {
  await changeOnRecord(ports, userId, {
    change: (user) => ({ ...user, disabled: false, failedLogins: 0, lockedUntil: null }),
    describe: () => buildUserAudit(ports.clock, { action: 'user.unlocked', userId, actorId }),
  });
}
