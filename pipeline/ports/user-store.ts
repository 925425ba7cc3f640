import type { User } from '../domain/user.ts';

export interface UserStore {
  /** Adding the same again is harmless. @throws Conflict when the login or the id is taken */
  add(user: User): Promise<void>;
  findByLogin(login: string): Promise<User | null>;
  find(userId: string): Promise<User | null>;
  /** By login. */
  list(): Promise<User[]>;
  /** Compare-and-swap: writes `user` with `version + 1` if the stored version is `user.version`. @throws Conflict */
  update(user: User): Promise<User>;
}
