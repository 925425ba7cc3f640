import { InvalidInput } from '../domain/errors.ts';
import type { User } from '../domain/user.ts';
import { type AuthenticatePorts, tryPassword } from './authenticate.ts';
import { appendUserAudit, changeUser } from './change-user.ts';
import { assertPassword } from './password-policy.ts';

/**
 * Changes one's own password and ends every session of the account. A wrong current password counts towards the lockout.
 * @throws InvalidInput naming the field; RetryLater when too many passwords are being computed
 */
export async function changePassword(
  user: User,
  request: { currentPassword: string; newPassword: string },
  ports: AuthenticatePorts,
): Promise<User> {
  assertPassword(request.newPassword, user.login, 'newPassword');
  if (request.newPassword === request.currentPassword) {
    throw new InvalidInput('newPassword', '新密码与现在的密码相同。');
  }
  const { matches } = await tryPassword(user.id, request.currentPassword, ports);
  if (!matches) {
    await appendUserAudit(ports, { action: 'password.refused', userId: user.id, actorId: user.id });
    throw new InvalidInput('currentPassword', '现在的密码不正确。', '连续输错 5 次，账号会锁定 15 分钟。');
  }
  return storePassword(user.id, request.newPassword, user.id, ports);
}

/**
 * Sets a new password for someone, ends the lockout and every session.
 * @throws NotFound, InvalidInput (field `password`)
 */
export async function resetPassword(
  user: Pick<User, 'id' | 'login'>,
  password: string,
  actorId: string | null,
  ports: AuthenticatePorts,
): Promise<void> {
  assertPassword(password, user.login, 'password');
  await storePassword(user.id, password, actorId, ports);
}

async function storePassword(
  userId: string,
  password: string,
  actorId: string | null,
  ports: AuthenticatePorts,
): Promise<User> {
  const passwordHash = await ports.passwords.hash(password);
  const changed = await changeUser(ports, userId, (user) => ({
    ...user,
    passwordHash,
    failedLogins: 0,
    lockedUntil: null,
  }));
  await ports.stores.sessions.deleteOfUser(userId);
  await appendUserAudit(ports, { action: 'password.changed', userId, actorId });
  return changed;
}
