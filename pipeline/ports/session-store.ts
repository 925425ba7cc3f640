import type { Session } from '../domain/user.ts';

export interface SessionStore {
  create(session: Session): Promise<void>;
  /** Null when unknown or past `expiresAt`. */
  find(id: string, now: string): Promise<Session | null>;
  touch(id: string, lastSeenAt: string): Promise<void>;
  delete(id: string): Promise<void>;
  deleteOfUser(userId: string): Promise<void>;
  /** @returns how many were removed */
  purge(now: string, idleBefore: string): Promise<number>;
}
