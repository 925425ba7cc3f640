import { accountSeal } from '../../pipeline/commands/manage-accounts.ts';
import { accountStateOf, leavesInDays } from '../../pipeline/domain/account.ts';
import type { Settings } from '../../pipeline/domain/settings.ts';
import { selvesOf } from '../../pipeline/domain/stand-in.ts';
import { shanghaiClock } from '../../pipeline/domain/time.ts';
import type { User } from '../../pipeline/domain/user.ts';
import type { PersonDetail, PersonView } from '../contract/person.ts';
import { type Call, getReader, getSignedIn, type RouteDeps } from '../http/call.ts';
import { findLivingSessions, presentSession } from './session.ts';
import { presentStandIns } from './stand-in.ts';

export function presentPerson(
  user: User,
  settings: Settings,
  { directory, clock }: Pick<RouteDeps, 'directory' | 'clock'>,
): PersonView {
  const now = clock.now();
  const { id, login, name, unitId, roles, leavesOn, emergency, student, lockedUntil } = user;
  return {
    ...{ id, login, name, roles, leavesOn, emergency, student, mustChangePassword: user.mustChangePassword },
    unit: unitId === null ? null : directory.unit(settings, unitId),
    state: accountStateOf(user, now),
    leavesInDays: leavesInDays(user, shanghaiClock(now).slice(0, 10)),
    hasSecondFactor: user.totp !== null && user.totp.confirmedAt !== null,
    lockedUntil: lockedUntil !== null && lockedUntil > now ? lockedUntil : null,
  };
}

export async function presentPersonDetail(
  user: User,
  call: Pick<Call, 'signedIn' | 'rights' | 'action' | 'deps'>,
): Promise<PersonDetail> {
  const { deps } = call;
  const { session } = getSignedIn(call);
  const { actor } = getReader(call);
  const sessions = await findLivingSessions(user.id, deps);
  return {
    ...presentPerson(user, await deps.directory.settings(), deps),
    createdAt: user.createdAt,
    identities: user.identities,
    emergencyUses: user.emergencyUses,
    sessions: sessions.map((one) => presentSession(one, session)),
    standIns: await presentStandIns(await deps.stores.standIns.listOf(user.id), deps),
    seen: accountSeal(user),
    isOneself: selvesOf(actor).includes(user.id),
  };
}
