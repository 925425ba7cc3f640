import { Login, type User } from '../domain/user.ts';
import type { Passwords } from '../ports/passwords.ts';
import { appendUserAudit, changeUser, type PeoplePorts } from './change-user.ts';

const maxWrongPasswords = 5;
const lockoutMinutes = 15;

export interface AuthenticatePorts extends PeoplePorts {
  passwords: Passwords;
}

/**
 * Who this is, or null: wrong password, unknown, disabled and locked are not told apart, and cost the same.
 * An attempt is charged before the password is compared, so that guesses sent at the same time don't escape the lockout.
 * @throws RetryLater when too many sign in at the same time
 */
export async function authenticate(
  credentials: { login: string; password: string; address: string },
  ports: AuthenticatePorts,
): Promise<User | null> {
  const { address } = credentials;
  const login = Login.safeParse(credentials.login.trim().toLowerCase());
  const known = login.success ? await ports.stores.users.findByLogin(login.data) : null;
  const asked = known === null || known.disabled ? null : known.id;
  const { charged, matches } = await tryPassword(asked, credentials.password, ports);
  const userId = known?.id ?? null;
  if (charged === null || !matches) {
    const locked = charged !== null && charged.failedLogins >= maxWrongPasswords;
    await appendUserAudit(ports, { action: 'login.failed', userId, actorId: null, payload: { address } });
    if (locked) await appendUserAudit(ports, { action: 'login.locked', userId, actorId: null });
    return null;
  }
  const user = await changeUser(ports, charged.id, (one) => ({ ...one, failedLogins: 0, lockedUntil: null }));
  await appendUserAudit(ports, { action: 'login', userId, actorId: userId, payload: { address } });
  return user;
}

/**
 * Compares a password with an account's. The attempt is charged before, and given back when nothing was compared: a crowd at
 * the door locks nobody out.
 * @param userId null costs the same and never matches
 * @returns `charged`: the account with this attempt counted; null while it is locked
 * @throws RetryLater when too many passwords are being computed
 */
export async function tryPassword(
  userId: string | null,
  password: string,
  ports: AuthenticatePorts,
): Promise<{ charged: User | null; matches: boolean }> {
  const charged = userId === null ? null : await chargeAttempt(userId, ports);
  try {
    const matches = await ports.passwords.verify(password, charged?.passwordHash ?? null);
    return { charged, matches };
  } catch (error) {
    if (charged !== null) await refundAttempt(charged.id, ports);
    throw error;
  }
}

/** Counts one more wrong password in advance; null while the account is locked. */
async function chargeAttempt(userId: string, ports: PeoplePorts): Promise<User | null> {
  let refused = false;
  const charged = await changeUser(ports, userId, (user) => {
    const now = ports.clock.now();
    refused = user.lockedUntil !== null && user.lockedUntil > now;
    if (refused) return user;
    const before = user.lockedUntil === null ? user.failedLogins : 0;
    const failedLogins = before + 1;
    const lockedUntil =
      failedLogins < maxWrongPasswords
        ? null
        : new Date(Date.parse(now) + lockoutMinutes * 60_000).toISOString();
    return { ...user, failedLogins, lockedUntil };
  });
  return refused ? null : charged;
}

async function refundAttempt(userId: string, ports: PeoplePorts): Promise<void> {
  await changeUser(ports, userId, (user) => {
    const failedLogins = Math.max(0, user.failedLogins - 1);
    return { ...user, failedLogins, lockedUntil: failedLogins < maxWrongPasswords ? null : user.lockedUntil };
  });
}
