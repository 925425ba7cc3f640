import type { Role } from './role.ts';
import type { SignInDoor, User } from './user.ts';

/** Of whom a second factor is asked. */
export interface SecondFactorPolicy {
  roles: readonly Role[];
  /** How long after an account was made its person may put the setting up off. */
  graceDays: number;
  /** Also where the school's own sign-in has vouched for the person. */
  everyDoor: boolean;
}

/** `prove`: a code is asked for. `set-up`: one is to be set up before going on. `advised`: it may still be put off. */
export type SecondFactorNeed = 'none' | 'prove' | 'set-up' | 'advised';

interface Asking {
  user: Pick<User, 'totp' | 'emergency' | 'createdAt'>;
  /** What the person holds now, stand-ins with it. */
  roles: readonly Role[];
  door: SignInDoor;
  now: string;
}

export const hasSecondFactor = ({ totp }: Pick<User, 'totp'>): boolean => totp?.confirmedAt != null;

/** The local doors ask whoever has a second factor; an emergency account never comes in without. */
export function secondFactorNeed(
  { user, roles, door, now }: Asking,
  policy: SecondFactorPolicy,
): SecondFactorNeed {
  const isLocal = door === 'password' || door === 'emergency';
  if (!isLocal && !policy.everyDoor) return 'none';
  if (hasSecondFactor(user)) return 'prove';
  if (user.emergency && isLocal) return 'set-up';
  if (!isSecondFactorDemanded(roles, policy)) return 'none';
  return now >= graceEnd(user, policy) ? 'set-up' : 'advised';
}

export function isSecondFactorDemanded(roles: readonly Role[], policy: SecondFactorPolicy): boolean {
  return roles.some((role) => policy.roles.includes(role));
}

/** Until when the setting up may be put off, ISO UTC. */
export function graceEnd({ createdAt }: Pick<User, 'createdAt'>, { graceDays }: SecondFactorPolicy): string {
  return new Date(Date.parse(createdAt) + graceDays * 86_400_000).toISOString();
}
