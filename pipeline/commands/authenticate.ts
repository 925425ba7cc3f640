import { Login, mayEnter, type SignInDoor, type User } from '../domain/user.ts';
import type { Passwords } from '../ports/passwords.ts';
import { appendUserAudit, changeUser, type PeoplePorts } from './change-user.ts';

const maxWrongPasswords = 5;
const lockoutMinutes = 15;
/** Of an emergency account. */
const keptUses = 20;

export interface AuthenticatePorts extends PeoplePorts {
  passwords: Passwords;
}

/**
 * Who this is, or null: wrong password, unknown, disabled, left and locked are not told apart, and cost the same.
 * An attempt is charged before the password is compared, so that guesses sent at the same time don't escape the lockout.
 * @throws RetryLater when too many sign in at the same time
 */
export async function authenticate(
  credentials: { login: string; password: string; address: string },
  ports: AuthenticatePorts,
): Promise<User | null> {
  const user = await checkPassword(credentials, ports);
  if (user === null) return null;
  return recordSignIn(user.id, { door: 'password', address: credentials.address }, ports);
}

/**
 * As `authenticate`, and nobody is in yet: wrong attempts of before go on counting, so that whoever knows the password has no
 * more guesses at the second factor for it.
 * @throws RetryLater when too many sign in at the same time
 */
export async function checkPassword(
  credentials: { login: string; password: string; address: string },
  ports: AuthenticatePorts,
): Promise<User | null> {
  const { address } = credentials;
  const login = Login.safeParse(credentials.login.trim().toLowerCase());
  const known = login.success ? await ports.stores.users.findByLogin(login.data) : null;
  const asked = known === null || !mayEnter(known, ports.clock.now()) ? null : known.id;
  const { charged, matches } = await tryPassword(asked, credentials.password, ports);
  const userId = known?.id ?? null;
  if (charged === null || !matches) {
    await appendUserAudit(ports, { action: 'login.failed', userId, actorId: null, payload: { address } });
    if (charged !== null) await tellIfLocked(charged, ports);
    return null;
  }
  return refundAttempt(charged.id, ports);
}

/** Somebody is in, by whichever door: wrong attempts of before are forgotten. */
export async function recordSignIn(
  userId: string,
  { door, address }: { door: SignInDoor; address: string },
  ports: PeoplePorts,
): Promise<User> {
  const now = ports.clock.now();
  const isEmergency = door === 'emergency';
  const user = await changeUser(ports, userId, (one) => ({
    ...one,
    failedLogins: 0,
    lockedUntil: null,
    emergencyUses: isEmergency ? [...one.emergencyUses, now].slice(-keptUses) : one.emergencyUses,
  }));
  const action = isEmergency ? 'login.emergency' : 'login';
  await appendUserAudit(ports, { action, userId, actorId: userId, payload: { address, door } });
  return user;
}

/** After an attempt that failed: whether it was the last one. */
export async function tellIfLocked(charged: User, ports: PeoplePorts): Promise<void> {
  if (charged.failedLogins < maxWrongPasswords) return;
  await appendUserAudit(ports, { action: 'login.locked', userId: charged.id, actorId: null });
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

/** Counts one more wrong attempt in advance; null while the account is locked. */
export async function chargeAttempt(userId: string, ports: PeoplePorts): Promise<User | null> {
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

function refundAttempt(userId: string, ports: PeoplePorts): Promise<User> {
  return changeUser(ports, userId, (user) => {
    const failedLogins = Math.max(0, user.failedLogins - 1);
    return { ...user, failedLogins, lockedUntil: failedLogins < maxWrongPasswords ? null : user.lockedUntil };
  });
}
