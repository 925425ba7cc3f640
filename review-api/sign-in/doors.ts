import { randomBytes } from 'node:crypto';
import express, { type Express, type Request, type Response } from 'express';
import { z } from 'zod';
import { appendUserAudit } from '../../pipeline/commands/change-user.ts';
import { NotFound } from '../../pipeline/domain/errors.ts';
import type { IdentityProvider } from '../../pipeline/ports/identity-provider.ts';
import type { RouteDeps } from '../http/call.ts';
import { nameDevice } from '../http/device.ts';
import { MethodNotAllowed } from '../http/errors.ts';
import { buildCookies } from '../http/mount.ts';
import { findSessionToken } from '../http/session-cookie.ts';
import { findSession } from '../http/sessions.ts';
import { comeBack, digestTicket } from './come-back.ts';
import { addressOf, callbackOf } from './own-addresses.ts';
import { parseReturnTo } from './return-to.ts';

const root = '/api/sign-in';
const Form = z.record(z.string(), z.string());

type Answer = (request: Request, response: Response) => Promise<void>;

/**
 * Where browsers are sent to the school's own sign-in, and come back from it: addresses of pages, beside the table of routes. What
 * goes wrong is told on the sign-in page, never here.
 */
export function mountDoors(app: Express, deps: RouteDeps): void {
  for (const door of deps.signIn.providers) {
    const path = `${root}/${door.provider}`;
    app.get(path, answering(path, beginAt(door, deps)));
    app.get(`${path}/callback`, answering(`${path}/callback`, comeBackFrom(door, deps)));
    const form = express.urlencoded({ extended: false, limit: '20kb', parameterLimit: 10 });
    app.post(`${path}/callback`, form, answering(`${path}/callback`, endAt(door, deps)));
    app.get(`${path}/sign-out`, answering(`${path}/sign-out`, signOutAt(door, deps)));
    for (const known of [path, `${path}/sign-out`]) {
      app.all(known, () => {
        throw new MethodNotAllowed('GET');
      });
    }
  }
}

function answering(path: string, answer: Answer): Answer {
  return (request, response) => {
    response.locals.route = path;
    response.set('Cache-Control', 'no-store');
    return answer(request, response);
  };
}

function beginAt(door: IdentityProvider, deps: RouteDeps): Answer {
  return async (request, response) => {
    const { signed } = buildCookies(request, response, deps);
    const random = (bytes: number) => randomBytes(bytes).toString('base64url');
    const flow = { state: randomBytes(16).toString('hex'), nonce: random(24), verifier: random(48) };
    const isInApp = /wxwork/i.test(request.get('user-agent') ?? '');
    try {
      const there = await door.begin({ ...flow, callback: callbackOf(door.provider, deps) }, isInApp);
      const returnTo = parseReturnTo(request.query.returnTo);
      signed.keep('flow', { provider: door.provider, ...flow, returnTo });
      response.redirect(302, there);
    } catch (error) {
      deps.logger.warn({ provider: door.provider, err: error }, 'a sign-in could not begin');
      signed.keep('outcome', { code: 'unavailable', reference: null, subject: null });
      response.redirect(302, `${deps.http.basePath}/`);
    }
  };
}

function comeBackFrom(door: IdentityProvider, deps: RouteDeps): Answer {
  return async (request, response) => {
    const cookies = buildCookies(request, response, deps);
    const token = findSessionToken(request.get('cookie'), deps.http);
    const signedIn = token === null ? null : await findSession(token, false, deps);
    const device = nameDevice(request.get('user-agent'));
    const comer = { cookies, address: request.ip ?? 'unknown', device, signedIn };
    const query = new URL(request.url, 'http://here.invalid').searchParams;
    const returnTo = await comeBack(door, { query, comer }, deps);
    response.redirect(302, `${deps.http.basePath}/${returnTo}`);
  };
}

/** Single logout: who knows the ticket that opened a session may end that session, and no other. Nothing is told of whether there was one. */
function endAt(door: IdentityProvider, deps: RouteDeps): Answer {
  return async (request, response) => {
    // Only what a form can hold: anything else says nothing.
    const form = Form.safeParse(request.body).data ?? {};
    const ticket = door.findEnded(new URLSearchParams(form));
    const digest = ticket === null ? null : digestTicket(ticket);
    const userId = digest === null ? null : await deps.stores.sessions.deleteByTicket(digest);
    if (userId !== null) {
      const { provider } = door;
      await appendUserAudit(deps, { action: 'logout.single', userId, actorId: null, payload: { provider } });
    }
    response.status(200).type('text/plain').send('');
  };
}

function signOutAt(door: IdentityProvider, deps: RouteDeps): Answer {
  return async (_request, response) => {
    const there = await door.findSignOut(addressOf('/', deps)).catch(() => null);
    if (there === null && !door.signsOut) throw new NotFound('没有这个地址。');
    response.redirect(302, there ?? `${deps.http.basePath}/`);
  };
}
