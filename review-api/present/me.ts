import { isCrawled } from '../../pipeline/domain/crawled.ts';
import { Action, type Appointment, rightsOf, rolesOf } from '../../pipeline/domain/role.ts';
import type { Me } from '../contract/session.ts';
import type { RouteDeps } from '../http/call.ts';
import { idleMinutes, mustChangePassword, type SignedIn } from '../http/sessions.ts';

/** Whoever has one of these rights can do a part of what a new office needs. */
const setsUp = ['channel.manage', 'setup.import'] as const;

export async function presentMe(
  { user, session, appointments }: SignedIn,
  deps: Pick<RouteDeps, 'directory'>,
): Promise<Me> {
  const { id, login, name, unitId } = user;
  const settings = await deps.directory.settings();
  return {
    ...{ id, login, name, roles: rolesOf(appointments) },
    standsInFor: await presentStandsInFor(appointments, deps),
    mustChangePassword: mustChangePassword({ user, session }),
    unit: unitId === null ? null : deps.directory.unit(settings, unitId),
    actions: Action.options.filter((action) => rightsOf(appointments, action).permitted),
    queues: rightsOf(appointments, 'case.list').queues,
    startsWithGuide:
      !settings.channels.some(isCrawled) && setsUp.some((action) => rightsOf(appointments, action).permitted),
    csrfToken: session.csrfToken,
    idleMinutes,
    expiresAt: session.expiresAt,
  };
}

async function presentStandsInFor(
  appointments: readonly Appointment[],
  { directory }: Pick<RouteDeps, 'directory'>,
): Promise<Me['standsInFor']> {
  const lent = new Map<string, { personId: string; roles: Appointment['role'][]; until: string }>();
  for (const { role, onBehalfOf, until } of appointments) {
    if (onBehalfOf === null || until === undefined) continue;
    const key = `${onBehalfOf} ${until}`;
    const known = lent.get(key);
    if (known === undefined) lent.set(key, { personId: onBehalfOf, roles: [role], until });
    else known.roles.push(role);
  }
  return Promise.all(
    [...lent.values()].map(async ({ personId, roles, until }) => ({
      ...{ name: (await directory.colleagueName(personId)) ?? '已停用账号', roles, until },
    })),
  );
}
