import type { Identity, User } from '../domain/user.ts';
import type { NewAuditEntry } from './audit-log.ts';

/** Where an audit entry is given, it is written in the same transaction. */
export interface UserStore {
  /** Adding the same again is harmless. @throws Conflict when the login, the id or an identity is taken */
  add(user: User, audit?: NewAuditEntry): Promise<void>;
  findByLogin(login: string): Promise<User | null>;
  find(userId: string): Promise<User | null>;
  /** Who this is at the school's sign-in: provider and subject, both exactly. At most one account has an identity. */
  findByIdentity(identity: Identity): Promise<User | null>;
  /** By login. */
  list(): Promise<User[]>;
  /**
   * Compare-and-swap: writes `user` with `version + 1` if the stored version is `user.version`.
   * @throws Conflict, also when the login or an identity is another account's; InvalidInput where nobody who can manage accounts
   * would be left (domain/account.ts)
   */
  update(user: User, audit?: NewAuditEntry): Promise<User>;
  /**
   * Ends what a person can do, in one transaction: the account is disabled, its sessions and its claims on cases end, and so do
   * stand-ins that it gave or received, each with an audit entry. Of one that is disabled already, what is left ends.
   * @returns null when there is no such user
   * @throws InvalidInput where nobody who can manage accounts would be left
   */
  disable(userId: string, audit: NewAuditEntry): Promise<User | null>;
}
