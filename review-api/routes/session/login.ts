import { checkPassword } from '../../../pipeline/commands/authenticate.ts';
import { appendUserAudit } from '../../../pipeline/commands/change-user.ts';
import type { Handler } from '../../http/call.ts';
import { SecondStepRequired, SignInFailed } from '../../http/errors.ts';
import { presentMe } from '../../present/me.ts';
import { arrive } from '../../sign-in/enter.ts';

const failed = '账号或密码不正确，或账号暂时不能登录。连续输错 5 次会锁定 15 分钟。';

/** Where the school's sign-in is the rule, an account that is not kept for emergencies is answered as a wrong password is. */
export const login: Handler<'login'> = async (call) => {
  const { body, address, deps } = call;
  const attempt = { address, login: body.login };
  await deps.signInThrottle.charge(attempt);
  const user = await checkPassword({ ...body, address }, deps);
  if (user === null) throw new SignInFailed(failed);
  if (deps.signIn.password === 'emergency' && !user.emergency) {
    await appendUserAudit(deps, {
      ...{ action: 'login.failed', userId: user.id, actorId: null },
      payload: { address, why: 'not an emergency account' },
    });
    throw new SignInFailed(failed);
  }
  const door = user.emergency ? 'emergency' : 'password';
  const arrived = await arrive({ user, door, ticket: null }, call, deps);
  if (typeof arrived === 'string') throw new SecondStepRequired(arrived);
  await deps.signInThrottle.succeed(attempt);
  return presentMe(arrived, deps);
};
