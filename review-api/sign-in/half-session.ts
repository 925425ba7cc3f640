import type { User } from '../../pipeline/domain/user.ts';
import { mayEnter } from '../../pipeline/domain/user.ts';
import type { RouteDeps } from '../http/call.ts';
import { SignInFailed } from '../http/errors.ts';
import { type Comer, stampOf } from './enter.ts';

const tooLate = '登录已超时，请从头登录。';

/**
 * Whose second step this is, read anew.
 * @throws SignInFailed when there is no half session for `need`, it is over, or what it went by has changed
 */
export async function getHalfSession(
  need: 'prove' | 'set-up',
  { cookies }: Pick<Comer, 'cookies'>,
  deps: RouteDeps,
) {
  const step = cookies.signed.find('step');
  const user: User | null = step === null ? null : await deps.stores.users.find(step.userId);
  if (step === null || step.need !== need || user === null || !mayEnter(user, deps.clock.now())) {
    throw new SignInFailed(tooLate);
  }
  if (step.stamp !== stampOf(user, deps)) throw new SignInFailed(tooLate);
  return { step, user };
}
