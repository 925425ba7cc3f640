import type { Appointment } from '../domain/role.ts';
import { appointmentsOf } from '../domain/stand-in.ts';
import type { User } from '../domain/user.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';

/**
 * What a person holds now, for whom: own roles for the own unit, and those of whom they stand in for. One indexed read, and one
 * more for each absent person.
 */
export async function findAppointments(
  user: User,
  { stores, clock }: { stores: Pick<Stores, 'users' | 'standIns'>; clock: Clock },
): Promise<Appointment[]> {
  const now = clock.now();
  const standIns = await stores.standIns.listActive(user.id, now);
  const lent = await Promise.all(
    standIns.map(async (standIn) => ({ standIn, absent: await stores.users.find(standIn.absentId) })),
  );
  return appointmentsOf(user, lent, now);
}
