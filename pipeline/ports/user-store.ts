import type { User } from '../domain/user.ts';

export interface UserStore {
  /** @throws Conflict when the login is taken */
  add(user: User): Promise<void>;
  findByLogin(login: string): Promise<User | null>;
  find(userId: string): Promise<User | null>;
  list(): Promise<User[]>;
  /** Compare-and-swap: writes `user` with `version + 1` if the stored version is `user.version`. @throws Conflict */
  update(user: User): Promise<User>;
}
