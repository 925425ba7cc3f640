import { InvalidInput } from '../domain/errors.ts';
import { normaliseSubject } from '../domain/identity.ts';
import { Identity, type User } from '../domain/user.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import { buildUserAudit, changeOnRecord, type PeoplePorts } from './change-user.ts';
import { endLostDoors } from './end-lost-doors.ts';

/**
 * Says who an account is at one of the school's sign-ins; null for nobody any more.
 * @throws InvalidInput naming the field; Conflict when the identity is another account's
 */
export async function setIdentity(
  userId: string,
  wanted: { provider: string; subject: string | null },
  actorId: string | null,
  ports: PeoplePorts,
): Promise<User> {
  const provider = Identity.shape.provider.safeParse(wanted.provider);
  if (!provider.success) {
    const known = Identity.shape.provider.options.join(', ');
    throw new InvalidInput('provider', `There is no sign-in "${wanted.provider}".`, `one of ${known}`);
  }
  const subject = wanted.subject === null ? null : normaliseSubject(wanted.subject);
  if (wanted.subject !== null && subject === null) {
    throw new InvalidInput(
      'subject',
      'This cannot be a name at the school’s sign-in.',
      '1 to 200 characters',
    );
  }
  const action = subject === null ? 'user.identity-removed' : 'user.identity-set';
  return changeDoors(ports, userId, {
    change: (user) => ({
      ...user,
      identities: [
        ...user.identities.filter((one) => one.provider !== provider.data),
        ...(subject === null ? [] : [{ provider: provider.data, subject }]),
      ],
    }),
    describe: () =>
      buildUserAudit(ports.clock, { action, userId, actorId, payload: { provider: provider.data } }),
  });
}

/** May come in by password where the school's sign-in is the rule; never without a second factor. */
export async function setEmergency(
  userId: string,
  emergency: boolean,
  actorId: string | null,
  ports: PeoplePorts,
): Promise<User> {
  const action = emergency ? 'user.emergency-on' : 'user.emergency-off';
  return changeDoors(ports, userId, {
    change: (user) => ({ ...user, emergency }),
    describe: () => buildUserAudit(ports.clock, { action, userId, actorId }),
  });
}

async function changeDoors(
  ports: PeoplePorts,
  userId: string,
  how: { change: (user: User) => User; describe: () => NewAuditEntry },
): Promise<User> {
  let before: User | null = null;
  const changed = await changeOnRecord(ports, userId, {
    ...how,
    change: (user) => {
      before = user;
      return how.change(user);
    },
  });
  if (before !== null) await endLostDoors(before, changed, ports);
  return changed;
}
