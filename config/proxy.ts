import { InvalidInput } from '../pipeline/domain/errors.ts';
import { isNamed, readAddress } from './connections.ts';
import type { Env } from './env.ts';

/** The proxy that all fetching goes through. May hold a password: it is never logged, only its `origin` is. */
export interface FetchProxy {
  readonly origin: string;
  /** Value of the header that the proxy asks for; null without a user. */
  readonly authorization: string | null;
}

/**
 * @returns null when none is named
 * @throws InvalidInput naming the variable; its message never holds the address
 */
export function readProxy(env: Env): FetchProxy | null {
  if (!isNamed(env, 'GUANLAN_PROXY')) return null;
  const address = readAddress(env, 'GUANLAN_PROXY');
  const url = URL.canParse(address) ? new URL(address) : null;
  const login = url === null ? null : decodeLogin(url);
  if (url === null || login === null || `${url.pathname}${url.search}${url.hash}` !== '/') {
    throw new InvalidInput(
      'GUANLAN_PROXY',
      'GUANLAN_PROXY is not the address of a proxy',
      'scheme, host and port only, e.g. http://proxy.example.edu.cn:3128',
    );
  }
  return Object.freeze({
    origin: url.origin,
    authorization: login === ':' ? null : `Basic ${Buffer.from(login).toString('base64')}`,
  });
}

/** `user:password`, `:` for neither; null where it is no UTF-8. */
function decodeLogin({ username, password }: URL): string | null {
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    return null;
  }
}
