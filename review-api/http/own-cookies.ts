import type { CookieOptions, Request, Response } from 'express';
import { z } from 'zod';
import { Identity, SignInDoor } from '../../pipeline/domain/user.ts';
import type { HttpOptions } from './http-options.ts';
import { isSame } from './own-pages.ts';

type Place = Pick<HttpOptions, 'behindTls' | 'basePath'>;

/**
 * The prefix makes the browser itself insist on https, this host and the whole path. Under a path of our own `__Host-` would show
 * the cookie to everything else at that host; there it is `__Secure-`, sent to our path alone.
 */
export function cookieName(name: string, { behindTls, basePath }: Place): string {
  if (!behindTls) return `guanlan_${name}`;
  const prefix = basePath === '' ? '__Host-guanlan' : '__Secure-guanlan';
  return name === 'session' ? prefix : `${prefix}-${name}`;
}

export function cookieOptions({ behindTls, basePath }: Place): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', path: basePath === '' ? '/' : basePath, secure: behindTls };
}

/** Null where it is not there. Two cookies of one name are none: one of them was planted. */
export function findCookie(header: string | undefined, name: string): string | null {
  const found = (header ?? '').split(';').map((part) => part.trim());
  const values = found
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** What a browser keeps for some minutes while somebody signs in; signed, and read by us alone. */
const kinds = {
  /** A sign-in that has gone to the school's own. */
  flow: z.object({
    provider: Identity.shape.provider,
    state: z.string(),
    nonce: z.string(),
    verifier: z.string(),
    returnTo: z.string(),
  }),
  /** Half a session: the first step is done. Good for the second one, and for nothing else. */
  step: z.object({
    userId: z.string(),
    door: SignInDoor,
    need: z.enum(['prove', 'set-up']),
    ticket: z.string().nullable(),
    /** Of what the first step went by: with another password it is void. */
    stamp: z.string(),
  }),
  /** What became of a sign-in that did not come to its end: shown once. */
  outcome: z.object({
    code: z.string(),
    reference: z.string().nullable(),
    subject: z.string().nullable(),
  }),
} as const;
type Kind = keyof typeof kinds;
type Kept<K extends Kind> = z.infer<(typeof kinds)[K]>;

const livesMinutes: Record<Kind, number> = { flow: 10, step: 5, outcome: 2 };
const Envelope = z.object({ until: z.string(), kept: z.unknown() });

export interface SignedCookies {
  /** Null where there is none, it is too old, or was not made by us. */
  find<K extends Kind>(kind: K): Kept<K> | null;
  keep<K extends Kind>(kind: K, kept: Kept<K>): void;
  forget(kind: Kind): void;
}

interface SigningDeps {
  clock: { now(): string };
  /** Keyed: its digests are the same in every process, and nobody else can make one. */
  digestName: (name: string) => string;
  http: Place;
}

export function openSignedCookies(request: Request, response: Response, deps: SigningDeps): SignedCookies {
  const sign = (kind: Kind, body: string) => deps.digestName(`cookie ${kind} ${body}`);
  // The school's sign-in sends the browser back to us from its own site: only a lax cookie comes along then.
  const optionsOf = (kind: Kind): CookieOptions => ({
    ...cookieOptions(deps.http),
    ...(kind === 'flow' ? { sameSite: 'lax' as const } : {}),
  });
  return {
    find: (kind) => {
      const [body = '', mac = ''] = (
        findCookie(request.get('cookie'), cookieName(kind, deps.http)) ?? ''
      ).split('.');
      if (body === '' || !isSame(mac, sign(kind, body))) return null;
      const { until, kept } = Envelope.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
      const parsed = kinds[kind].safeParse(kept);
      return until > deps.clock.now() && parsed.success ? (parsed.data as Kept<typeof kind>) : null;
    },
    keep: (kind, kept) => {
      const maxAge = livesMinutes[kind] * 60_000;
      const until = new Date(Date.parse(deps.clock.now()) + maxAge).toISOString();
      const body = Buffer.from(JSON.stringify({ until, kept })).toString('base64url');
      response.cookie(cookieName(kind, deps.http), `${body}.${sign(kind, body)}`, {
        ...optionsOf(kind),
        maxAge,
      });
    },
    forget: (kind) => {
      response.clearCookie(cookieName(kind, deps.http), optionsOf(kind));
    },
  };
}
