import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Session } from '../../pipeline/domain/user.ts';
import { ForeignRequest } from './errors.ts';

const trustedSites = new Set(['same-origin', 'none']);

/**
 * A request that changes something must come from our own pages: the browser's word for it where it gives one, and the
 * session's token, which another site can't know.
 * @throws ForeignRequest
 */
export function assertOwnPage(request: Request, session: Session | null, ownOrigin: string | null): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.get('sec-fetch-site');
  if (site !== undefined && !trustedSites.has(site)) throw new ForeignRequest('请求来自别的网站。');
  // Under a strict referrer policy a browser may call our own origin `null`; then its word for the site counts.
  const origin = site === 'same-origin' ? undefined : request.get('origin');
  if (origin !== undefined && origin !== (ownOrigin ?? `${request.protocol}://${request.get('host')}`)) {
    throw new ForeignRequest('请求来自别的网站。');
  }
  if (session !== null && !isSame(request.get('x-csrf-token') ?? '', session.csrfToken)) {
    throw new ForeignRequest('缺少防伪标记或标记已失效，请刷新页面。');
  }
}

/** In a time that tells nothing. */
export function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
