import { z } from 'zod';
import { Role } from './role.ts';
import { Instant, shanghaiClock } from './time.ts';

export const Login = z.string().regex(/^[a-z0-9][a-z0-9._-]{1,63}$/, '账号只能用小写字母、数字和 . _ -');

/** An account of ours is one person's at the school's sign-in too. */
export const Identity = z.object({
  provider: z.enum(['cas', 'wecom', 'oidc']),
  subject: z.string().min(1).max(200),
});
export type Identity = z.infer<typeof Identity>;

/** A second factor. The secret is sealed with a key outside the database. */
export const Totp = z.object({
  sealed: z.string(),
  kid: z.string(),
  /** Null while it is being set up: not yet asked for. */
  confirmedAt: Instant.nullable(),
  /** The last time step that was used: a code works once. */
  lastStep: z.int().nonnegative(),
  /** Digests of the recovery codes that are left. */
  recovery: z.array(z.string()),
});
export type Totp = z.infer<typeof Totp>;

export const User = z.object({
  id: z.string(),
  version: z.int().positive(),
  login: Login,
  name: z.string().min(1).max(60),
  unitId: z.string().nullable(),
  roles: z.array(Role).min(1),
  passwordHash: z.string(),
  /** Wrong passwords in a row. */
  failedLogins: z.int().nonnegative(),
  lockedUntil: Instant.nullable(),
  disabled: z.boolean(),
  createdAt: Instant,
  /** Who this is at the school's own sign-in: matched exactly, never searched (R5). */
  identities: z.array(Identity).default([]),
  totp: Totp.nullable().default(null),
  /** May sign in by password where the school's sign-in is the rule. */
  emergency: z.boolean().default(false),
  /** When an emergency account was used, the last ones: shown to the account administrator. */
  emergencyUses: z.array(Instant).default([]),
  /** The last day of work, YYYY-MM-DD in Shanghai; the account is disabled the day after. */
  leavesOn: z.iso.date().nullable().default(null),
  /** Somebody else knows the password: made for them, and good for nothing but choosing one of their own. */
  mustChangePassword: z.boolean().default(false),
  /** Writes drafts, and never reviews one: holds no role but `editor` (domain/account.ts). */
  student: z.boolean().default(false),
});
export type User = z.infer<typeof User>;

/** The day after the last day of work has begun in Shanghai. */
export function hasLeft({ leavesOn }: Pick<User, 'leavesOn'>, at: string): boolean {
  return leavesOn !== null && shanghaiClock(at).slice(0, 10) > leavesOn;
}

/** Asked at every door and at every request: nobody waits for the job that settles what a leaver leaves behind. */
export function mayEnter(user: Pick<User, 'leavesOn' | 'disabled'>, at: string): boolean {
  return !user.disabled && !hasLeft(user, at);
}

/** By which door a session was opened; `emergency` is the local account for when the school's sign-in is away. */
export const SignInDoor = z.enum(['password', 'emergency', 'cas', 'wecom', 'oidc']);
export type SignInDoor = z.infer<typeof SignInDoor>;

/** `id` is the digest of the cookie's token: the database never holds what opens a session. */
export const Session = z.object({
  id: z.string(),
  userId: z.string(),
  csrfToken: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  door: SignInDoor.default('password'),
  /** Browser and system by name, as the owner will know it again; no address. */
  device: z.string().max(60).default(''),
  /** Digest of the CAS ticket that opened it: who knows the ticket may end it (single logout). */
  ticket: z.string().nullable().default(null),
});
export type Session = z.infer<typeof Session>;
