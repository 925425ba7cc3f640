import { proveSecondFactor } from '../../../pipeline/commands/prove-second-factor.ts';
import { confirmSecondFactor, offerSecondFactor } from '../../../pipeline/commands/second-factor.ts';
import type { Handler } from '../../http/call.ts';
import { SignInFailed } from '../../http/errors.ts';
import { presentMe } from '../../present/me.ts';
import { enter } from '../../sign-in/enter.ts';
import { getHalfSession } from '../../sign-in/half-session.ts';

const failed = '验证码不正确或已经用过，或账号暂时不能登录。连续输错 5 次会锁定 15 分钟。';

export const proveSecondStep: Handler<'proveSecondStep'> = async (call) => {
  const { body, address, deps } = call;
  const { step, user } = await getHalfSession('prove', call, deps);
  const attempt = { address, login: user.login };
  await deps.signInThrottle.charge(attempt);
  const proved = await proveSecondFactor(user.id, body.code, deps);
  if (proved === null) throw new SignInFailed(failed);
  await deps.signInThrottle.succeed(attempt);
  const { door, ticket } = step;
  return presentMe(await enter({ user: proved, door, ticket }, call, deps), deps);
};

export const offerSecondStep: Handler<'offerSecondStep'> = async (call) => {
  const { user } = await getHalfSession('set-up', call, call.deps);
  return offerSecondFactor(user, call.deps);
};

export const confirmSecondStep: Handler<'confirmSecondStep'> = async (call) => {
  const { body, deps } = call;
  const { step, user } = await getHalfSession('set-up', call, deps);
  const { user: changed, recoveryCodes } = await confirmSecondFactor(user, body, deps);
  const { door, ticket } = step;
  const signedIn = await enter({ user: changed, door, ticket }, call, deps);
  return { me: await presentMe(signedIn, deps), recoveryCodes };
};
