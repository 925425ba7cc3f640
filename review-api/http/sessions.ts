import { createHash, randomBytes } from 'node:crypto';
import { findAppointments } from '../../pipeline/commands/find-appointments.ts';
import type { Appointment } from '../../pipeline/domain/role.ts';
import { mayEnter, type Session, type SignInDoor, type User } from '../../pipeline/domain/user.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { Stores } from '../../pipeline/ports/index.ts';

export const idleMinutes = 30;
const absoluteHours = 12;
/** `lastSeenAt` is written at most this often. */
const touchEveryMs = 60_000;

export interface SignedIn {
  session: Session;
  user: User;
  /** What the person holds now, for whom: own roles, and those of somebody they stand in for. */
  appointments: Appointment[];
}

interface SessionPorts {
  stores: Pick<Stores, 'sessions' | 'users' | 'standIns'>;
  clock: Clock;
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function isIdle(session: Session, now: string): boolean {
  return Date.parse(now) - Date.parse(session.lastSeenAt) >= idleMinutes * 60_000;
}

/** A new session. The token goes into the cookie and is kept nowhere: the store has its digest. */
export async function openSession(
  opening: { userId: string; door: SignInDoor; device: string; ticket?: string | null },
  ports: SessionPorts,
) {
  const token = randomBytes(32).toString('base64url');
  const now = ports.clock.now();
  const session: Session = {
    id: digest(token),
    userId: opening.userId,
    csrfToken: randomBytes(32).toString('base64url'),
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(Date.parse(now) + absoluteHours * 3_600_000).toISOString(),
    door: opening.door,
    device: opening.device,
    ticket: opening.ticket ?? null,
  };
  await ports.stores.sessions.create(session);
  return { token, session };
}

/**
 * Who a token belongs to; null when unknown, idle for too long, past its absolute end, or of an account that is disabled or whose owner has left.
 * @param active false for what a page asks by itself: it doesn't keep the session alive
 */
export async function findSession(
  token: string,
  active: boolean,
  { stores, clock }: SessionPorts,
): Promise<SignedIn | null> {
  const now = clock.now();
  const session = await stores.sessions.find(digest(token), now);
  if (session === null) return null;
  const user = await stores.users.find(session.userId);
  if (user === null || !mayEnter(user, now) || isIdle(session, now)) {
    await stores.sessions.delete(session.id);
    return null;
  }
  if (active && Date.parse(now) - Date.parse(session.lastSeenAt) >= touchEveryMs) {
    await stores.sessions.touch(session.id, now);
  }
  return { session, user, appointments: await findAppointments(user, { stores, clock }) };
}

/**
 * Proves, for the life of one session, who holds a claim and in which tab; nothing has to be handed to the page.
 * @param tabId as the page chose it; null for a client that has no tabs
 */
export function claimToken(session: Session, caseId: string, tabId: string | null): string {
  return digest(`${session.id}:${tabId ?? ''}:${caseId}`);
}

/** Whoever came in by a password that somebody else knows does nothing else before choosing one of their own. */
export function mustChangePassword({ user, session }: Pick<SignedIn, 'user' | 'session'>): boolean {
  return user.mustChangePassword && (session.door === 'password' || session.door === 'emergency');
}
