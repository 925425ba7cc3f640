import { InvalidInput } from '../domain/errors.ts';
import type { User } from '../domain/user.ts';
import { type AuthenticatePorts, tryPassword } from './authenticate.ts';
import { appendUserAudit, buildUserAudit, changeOnRecord } from './change-user.ts';
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
  return storePassword(user.id, request.newPassword, { actorId: user.id }, ports);
}

/**
 * Sets a new password for someone, ends the lockout and every session.
 * @param by `mustChange`: it is good for nothing but choosing another one
 * @throws NotFound, InvalidInput (field `password`)
 */
export async function resetPassword(
  user: Pick<User, 'id' | 'login'>,
  password: string,
  by: PasswordMaker,
  ports: AuthenticatePorts,
): Promise<void> {
  assertPassword(password, user.login, 'password');
  await storePassword(user.id, password, by, ports);
}

interface PasswordMaker {
  actorId: string | null;
  onBehalfOf?: string[];
  mustChange?: boolean;
}

async function storePassword(
  userId: string,
  password: string,
  { actorId, mustChange = false, ...payload }: PasswordMaker,
  ports: AuthenticatePorts,
): Promise<User> {
  const passwordHash = await ports.passwords.hash(password);
  const fresh = { passwordHash, failedLogins: 0, lockedUntil: null, mustChangePassword: mustChange };
  const changed = await changeOnRecord(ports, userId, {
    change: (user) => ({ ...user, ...fresh }),
    describe: () => buildUserAudit(ports.clock, { action: 'password.changed', userId, actorId, payload }),
  });
  await ports.stores.sessions.deleteOfUser(userId);
  return changed;
}
