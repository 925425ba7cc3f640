import { authenticate } from '../../../pipeline/commands/authenticate.ts';
import { findAppointments } from '../../../pipeline/commands/find-appointments.ts';
import type { Handler } from '../../http/call.ts';
import { SignInFailed } from '../../http/errors.ts';
import { openSession } from '../../http/sessions.ts';
import { presentMe } from '../../present/me.ts';

const failed = '账号或密码不正确，或账号暂时不能登录。连续输错 5 次会锁定 15 分钟。';

/** A new session every time; the one that the browser had is ended. */
export const login: Handler<'login'> = async ({ body, address, device, cookies, signedIn, deps }) => {
  const attempt = { address, login: body.login };
  await deps.signInThrottle.charge(attempt);
  const user = await authenticate({ ...body, address }, deps);
  if (user === null) throw new SignInFailed(failed);
  await deps.signInThrottle.succeed(attempt);
  if (signedIn !== null) await deps.stores.sessions.delete(signedIn.session.id);
  const { token, session } = await openSession({ userId: user.id, door: 'password', device }, deps);
  cookies.setSession(token);
  return presentMe({ user, session, appointments: await findAppointments(user, deps) }, deps);
};
