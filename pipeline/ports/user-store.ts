import type { Identity, User } from '../domain/user.ts';

export interface UserStore {
  /** Adding the same again is harmless. @throws Conflict when the login, the id or an identity is taken */
  add(user: User): Promise<void>;
  findByLogin(login: string): Promise<User | null>;
  find(userId: string): Promise<User | null>;
  /** Who this is at the school's sign-in: provider and subject, both exactly. At most one account has an identity. */
  findByIdentity(identity: Identity): Promise<User | null>;
  /** By login. */
  list(): Promise<User[]>;
  /**
   * Compare-and-swap: writes `user` with `version + 1` if the stored version is `user.version`. @throws Conflict, also
   * when the login or an identity is another account's
   */
  update(user: User): Promise<User>;
}
