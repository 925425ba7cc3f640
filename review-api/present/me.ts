import { Action, rightsOf, rolesOf } from '../../pipeline/domain/role.ts';
import type { Me } from '../contract/session.ts';
import type { RouteDeps } from '../http/call.ts';
import { idleMinutes, type SignedIn } from '../http/sessions.ts';

export async function presentMe(
  { user, session, appointments }: SignedIn,
  deps: Pick<RouteDeps, 'directory'>,
): Promise<Me> {
  const { id, login, name, unitId } = user;
  const settings = await deps.directory.settings();
  return {
    ...{ id, login, name, roles: rolesOf(appointments) },
    unit: unitId === null ? null : deps.directory.unit(settings, unitId),
    actions: Action.options.filter((action) => rightsOf(appointments, action).permitted),
    queues: rightsOf(appointments, 'case.list').queues,
    csrfToken: session.csrfToken,
    idleMinutes,
    expiresAt: session.expiresAt,
  };
}
