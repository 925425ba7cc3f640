import { createHash } from 'node:crypto';
import type { Session } from '../../pipeline/domain/user.ts';
import type { SessionView } from '../contract/own-session.ts';
import type { RouteDeps } from '../http/call.ts';
import { idleMinutes } from '../http/sessions.ts';

/** Names a session outside without telling its id, which other secrets are made from. */
export function sessionHandle({ id }: Pick<Session, 'id'>): string {
  return createHash('sha256').update(`handle:${id}`).digest('hex').slice(0, 24);
}

/** Those that still open something. */
export async function findLivingSessions(
  userId: string,
  { stores, clock }: Pick<RouteDeps, 'stores' | 'clock'>,
): Promise<Session[]> {
  const now = clock.now();
  const idleBefore = new Date(Date.parse(now) - idleMinutes * 60_000).toISOString();
  const sessions = await stores.sessions.listOfUser(userId, now);
  return sessions.filter(({ lastSeenAt }) => lastSeenAt > idleBefore);
}

export function presentSession(session: Session, current: Pick<Session, 'id'>): SessionView {
  const { door, device, createdAt: since, lastSeenAt } = session;
  return { id: sessionHandle(session), door, device, since, lastSeenAt, current: session.id === current.id };
}
