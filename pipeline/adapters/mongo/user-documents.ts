import type { Session, User } from '../../domain/user.ts';
import { type CollectionSpec, field } from './schema.ts';

export type UserDocument = Omit<User, 'id'> & { _id: string };
/** `_id` is the digest of the cookie's token. */
export type SessionDocument = Omit<Session, 'id'> & { _id: string };

export const userSpecs: readonly CollectionSpec[] = [
  {
    name: 'users',
    version: 2,
    fields: {
      version: field.number,
      login: field.text,
      name: field.text,
      unitId: field.textOrNull,
      roles: field.texts,
      passwordHash: field.text,
      failedLogins: field.number,
      lockedUntil: field.textOrNull,
      disabled: field.boolean,
      createdAt: field.text,
    },
    laterFields: {
      identities: { since: '2026-11-23', type: field.list },
      totp: { since: '2026-11-23', type: field.objectOrNull },
      emergency: { since: '2026-11-23', type: field.boolean },
      leavesOn: { since: '2026-11-23', type: field.textOrNull },
    },
    indexes: [
      {
        key: { login: 1 },
        options: { unique: true },
        since: '2026-11-22',
        reason: 'signing in; one account a login; the list in its order',
      },
    ],
  },
  {
    // Without the server's own expiry: our clock decides when a session ends, also when a test walks through a year.
    name: 'sessions',
    version: 2,
    fields: {
      userId: field.text,
      csrfToken: field.text,
      createdAt: field.text,
      lastSeenAt: field.text,
      expiresAt: field.text,
    },
    laterFields: {
      door: { since: '2026-11-23', type: field.text },
      device: { since: '2026-11-23', type: field.text },
    },
    indexes: [
      { key: { userId: 1 }, since: '2026-11-22', reason: 'ending all sessions of a user' },
      { key: { expiresAt: 1 }, since: '2026-11-22', reason: 'the purge of what has expired' },
      { key: { lastSeenAt: 1 }, since: '2026-11-22', reason: 'the purge of what was idle' },
    ],
  },
];
