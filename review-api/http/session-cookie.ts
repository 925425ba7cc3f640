import type { HttpOptions } from './http-options.ts';
import { cookieName, findCookie } from './own-cookies.ts';

const tokenForm = /^[\w-]{43}$/;

/** The session's token from a Cookie header, or null. */
export function findSessionToken(header: string | undefined, http: HttpOptions): string | null {
  const token = findCookie(header, cookieName('session', http));
  return token !== null && tokenForm.test(token) ? token : null;
}
