import { NotPermitted } from '../../pipeline/domain/errors.ts';
import { type Rights, rightsOf } from '../../pipeline/domain/role.ts';
import type { RouteSpec } from '../contract/routes.ts';
import { SignInRequired } from './errors.ts';
import { mustChangePassword, type SignedIn } from './sessions.ts';

const noRights: Rights = {
  permitted: false,
  units: [],
  view: { open: 'none', victim: 'none', safety: 'none' },
  queues: [],
  accessClasses: [],
};

/**
 * The one place where rights are enforced: whether this person may use the route, and what may be seen through it. Every store
 * call takes its access classes from what this returns.
 * @throws SignInRequired, NotPermitted
 */
export function authorise(
  { action, withFirstPassword }: Pick<RouteSpec, 'action' | 'withFirstPassword'>,
  signedIn: SignedIn | null,
): Rights {
  if (action === 'public') return noRights;
  if (signedIn === null) throw new SignInRequired('还没有登录，或登录已过期。');
  if (withFirstPassword !== true && mustChangePassword(signedIn)) {
    throw new NotPermitted('请先把初始密码改成自己的密码。');
  }
  if (action === 'signed-in') return noRights;
  const rights = rightsOf(signedIn.appointments, action);
  if (!rights.permitted) throw new NotPermitted('您的角色没有这项权限。');
  return rights;
}
