import { recordSignIn } from '../../pipeline/commands/authenticate.ts';
import { findAppointments } from '../../pipeline/commands/find-appointments.ts';
import { rolesOf } from '../../pipeline/domain/role.ts';
import { secondFactorNeed } from '../../pipeline/domain/second-factor.ts';
import type { SignInDoor, User } from '../../pipeline/domain/user.ts';
import type { Call, RouteDeps } from '../http/call.ts';
import { openSession, type SignedIn } from '../http/sessions.ts';

/** Who asks, and from where. */
export type Comer = Pick<Call, 'cookies' | 'address' | 'device' | 'signedIn'>;

interface Arrival {
  user: User;
  door: SignInDoor;
  /** Digest of what single logout will name it by. */
  ticket: string | null;
}

/** Of what the first step went by: a half session of before a new password, or a new second factor, is void. */
export function stampOf(
  { id, passwordHash, totp }: User,
  { digestName }: Pick<RouteDeps, 'digestName'>,
): string {
  return digestName(`step ${id} ${passwordHash} ${totp?.confirmedAt ?? ''}`);
}

/**
 * The first step is done. Where a second one is asked for, the browser gets half a session and nobody is in yet.
 * @returns the session, or what is still needed
 */
export async function arrive(
  { user, door, ticket }: Arrival,
  comer: Comer,
  deps: RouteDeps,
): Promise<SignedIn | 'prove' | 'set-up'> {
  const roles = rolesOf(await findAppointments(user, deps));
  const asking = { user, roles, door, now: deps.clock.now() };
  const need = secondFactorNeed(asking, deps.signIn.secondFactor);
  if (need === 'prove' || need === 'set-up') {
    comer.cookies.signed.keep('step', { userId: user.id, door, need, ticket, stamp: stampOf(user, deps) });
    return need;
  }
  return enter({ user, door, ticket }, comer, deps);
}

/** A new session every time; the one that the browser had is ended. */
export async function enter(
  { user, door, ticket }: Arrival,
  { cookies, address, device, signedIn }: Comer,
  deps: RouteDeps,
): Promise<SignedIn> {
  const entered = await recordSignIn(user.id, { door, address }, deps);
  if (signedIn !== null) await deps.stores.sessions.delete(signedIn.session.id);
  const { token, session } = await openSession({ userId: entered.id, door, device, ticket }, deps);
  if (cookies.signed.find('step') !== null) cookies.signed.forget('step');
  cookies.setSession(token);
  return { user: entered, session, appointments: await findAppointments(entered, deps) };
}
