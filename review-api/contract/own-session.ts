import { z } from 'zod';
import { Instant } from '../../pipeline/domain/time.ts';
import { SignInDoor } from '../../pipeline/domain/user.ts';

/** Where somebody is signed in: by which door, on what, since when. No address. */
export const SessionView = z
  .object({
    /** Names the session for ending it; it opens nothing. */
    id: z.string(),
    door: SignInDoor,
    /** Browser and system by name; empty where the sign-in did not tell. */
    device: z.string(),
    since: Instant,
    lastSeenAt: Instant,
    /** The one that asks. */
    current: z.boolean(),
  })
  .meta({ id: 'SessionView' });
export type SessionView = z.infer<typeof SessionView>;

export const SessionList = z.object({ items: z.array(SessionView) }).meta({ id: 'SessionList' });
