import { type Identity, type Session, User } from '../../domain/user.ts';
import { type CollectionSpec, field } from './schema.ts';

/** `identityKeys` is what an identity is found by, `provider:subject`; absent where there is none. */
export type UserDocument = Omit<User, 'id'> & { _id: string; identityKeys?: string[] };
/** `_id` is the digest of the cookie's token. */
export type SessionDocument = Omit<Session, 'id'> & { _id: string };

export function parseUserDocument({ _id, identityKeys: _, ...fields }: UserDocument): User {
  return User.parse({ id: _id, ...fields });
}

/** Without an identity the field is left out: an index that is unique passes over documents that lack it. */
export function toUserDocument({ id, ...fields }: User): UserDocument {
  const identityKeys = [...new Set(fields.identities.map(identityKeyOf))];
  return { _id: id, ...fields, ...(identityKeys.length === 0 ? {} : { identityKeys }) };
}

export function identityKeyOf({ provider, subject }: Identity): string {
  return `${provider}:${subject}`;
}

export const userSpecs: readonly CollectionSpec[] = [
  {
    name: 'users',
    version: 4,
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
      emergencyUses: { since: '2026-11-23', type: field.texts },
      identityKeys: { since: '2026-11-23', type: field.texts },
      mustChangePassword: { since: '2026-11-23', type: field.boolean },
      student: { since: '2026-11-23', type: field.boolean },
    },
    indexes: [
      {
        key: { login: 1 },
        options: { unique: true },
        since: '2026-11-22',
        reason: 'signing in; one account a login; the list in its order',
      },
      {
        key: { identityKeys: 1 },
        options: { unique: true, partialFilterExpression: { identityKeys: { $exists: true } } },
        since: '2026-11-23',
        reason: "the school's sign-in; an identity is one account's",
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
      ticket: { since: '2026-11-23', type: field.textOrNull },
    },
    indexes: [
      { key: { userId: 1 }, since: '2026-11-22', reason: 'ending all sessions of a user' },
      { key: { expiresAt: 1 }, since: '2026-11-22', reason: 'the purge of what has expired' },
      { key: { lastSeenAt: 1 }, since: '2026-11-22', reason: 'the purge of what was idle' },
      {
        key: { ticket: 1 },
        options: { partialFilterExpression: { ticket: { $type: 'string' } } },
        since: '2026-11-23',
        reason: 'single logout: the session that a ticket opened',
      },
    ],
  },
];
