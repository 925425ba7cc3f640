import type { CookieOptions } from 'express';

/** The prefix makes the browser itself insist on https, this host and the whole path. */
export function cookieName(behindTls: boolean): string {
  return behindTls ? '__Host-guanlan' : 'guanlan_session';
}

export function cookieOptions(behindTls: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure: behindTls };
}

const tokenForm = /^[\w-]{43}$/;

/** The session's token from a Cookie header, or null. Two cookies of the name are no session: one of them was planted. */
export function findSessionToken(header: string | undefined, behindTls: boolean): string | null {
  const prefix = `${cookieName(behindTls)}=`;
  const found = (header ?? '').split(';').map((part) => part.trim());
  const tokens = found.filter((part) => part.startsWith(prefix)).map((part) => part.slice(prefix.length));
  const [token] = tokens;
  return tokens.length === 1 && token !== undefined && tokenForm.test(token) ? token : null;
}
