import { z } from 'zod';
import { Role } from './role.ts';
import { Instant } from './time.ts';

export const Login = z.string().regex(/^[a-z0-9][a-z0-9._-]{1,63}$/, '账号只能用小写字母、数字和 . _ -');

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
});
export type User = z.infer<typeof User>;

/** `id` is the digest of the cookie's token: the database never holds what opens a session. */
export const Session = z.object({
  id: z.string(),
  userId: z.string(),
  csrfToken: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
});
export type Session = z.infer<typeof Session>;
