import { z } from 'zod';
import { QueueName } from '../../pipeline/domain/category.ts';
import { Action, Role } from '../../pipeline/domain/role.ts';
import { Instant } from '../../pipeline/domain/time.ts';

export const LoginRequest = z
  .strictObject({ login: z.string().min(1).max(64), password: z.string().min(1).max(1024) })
  .meta({ id: 'LoginRequest' });
export type LoginRequest = z.infer<typeof LoginRequest>;

/** Who is signed in, and what the screens may offer. `csrfToken` goes into `x-csrf-token` on every request but GET. */
export const Me = z
  .object({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    /** Own ones and lent ones, each once. */
    roles: z.array(Role),
    /** For whom else: the name of who is away, what is lent, the last day (in Shanghai). */
    standsInFor: z.array(z.object({ name: z.string(), roles: z.array(Role), until: z.iso.date() })),
    /** Until then nothing but `changePassword` and `logout` is permitted. */
    mustChangePassword: z.boolean(),
    unit: z.object({ id: z.string(), name: z.string() }).nullable(),
    actions: z.array(Action),
    queues: z.array(QueueName),
    /** Nothing is gathered yet, and this person may see to it: the screens begin with the guide. */
    startsWithGuide: z.boolean(),
    csrfToken: z.string(),
    idleMinutes: z.int().positive(),
    /** The absolute end of this session. */
    expiresAt: Instant,
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

export const PasswordRequest = z
  .strictObject({ currentPassword: z.string().min(1).max(1024), newPassword: z.string().min(1).max(1024) })
  .meta({ id: 'PasswordRequest' });
export type PasswordRequest = z.infer<typeof PasswordRequest>;
