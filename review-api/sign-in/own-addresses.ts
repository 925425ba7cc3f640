import { Permanent } from '../../pipeline/domain/errors.ts';
import type { Identity } from '../../pipeline/domain/user.ts';
import type { RouteDeps } from '../http/call.ts';

/**
 * As browsers see it. Never from a request's own headers: whoever asks would choose where the school's sign-in sends people.
 * @throws Permanent where nobody said what we are called
 */
export function addressOf(path: string, { http }: Pick<RouteDeps, 'http'>): string {
  if (http.publicOrigin === null) throw new Permanent('GUANLAN_PUBLIC_URL is missing.');
  return `${http.publicOrigin}${http.basePath}${path}`;
}

/** Where the school's own sign-in sends browsers back to; registered there. */
export function callbackOf(provider: Identity['provider'], deps: Pick<RouteDeps, 'http'>): string {
  return addressOf(`/api/sign-in/${provider}/callback`, deps);
}
