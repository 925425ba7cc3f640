import type { Appointment, Role } from './role.ts';

/** Somebody of the office, with the appointments in which they act. */
export interface Official {
  id: string;
  appointments: readonly Appointment[];
}

/** Whose move it is, and in whose stead; null for the public and the machine. */
export interface Acting {
  actorId: string | null;
  onBehalfOf: string | null;
}

/** The appointment in which somebody acts: one's own goes before one in another's stead. */
export function findSeat(official: Official, roles: readonly Role[]): Appointment | null {
  const fitting = official.appointments.filter(({ role }) => roles.includes(role));
  return fitting.find(({ onBehalfOf }) => onBehalfOf === null) ?? fitting[0] ?? null;
}

/** Whoever acts for another is that other, too, where two persons are asked for. */
export function isSamePerson(one: Acting, other: Acting): boolean {
  const persons = ({ actorId, onBehalfOf }: Acting) => [actorId, onBehalfOf].filter((id) => id !== null);
  return persons(one).some((id) => persons(other).includes(id));
}
