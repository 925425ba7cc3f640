import type { Session } from '../domain/user.ts';

export interface SessionStore {
  /** Creating the same again is harmless. @throws Conflict when the id is taken */
  create(session: Session): Promise<void>;
  /** Null when unknown or when `expiresAt` has come. */
  find(id: string, now: string): Promise<Session | null>;
  /** Those that have not expired, last seen first. */
  listOfUser(userId: string, now: string): Promise<Session[]>;
  /** Never back in time; an unknown id is harmless. */
  touch(id: string, lastSeenAt: string): Promise<void>;
  delete(id: string): Promise<void>;
  deleteOfUser(userId: string): Promise<void>;
  /** Ends the session that this ticket opened. @returns whose it was; null where there is none */
  deleteByTicket(ticket: string): Promise<string | null>;
  /** Removes what has expired and what was last seen before `idleBefore`. @returns how many were removed */
  purge(now: string, idleBefore: string): Promise<number>;
}
