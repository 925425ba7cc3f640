import type { Express, Request, Response } from 'express';
import type { z } from 'zod';
import { InvalidInput, RetryLater } from '../../pipeline/domain/errors.ts';
import { type RouteName, type RouteSpec, routes } from '../contract/routes.ts';
import { handlers } from '../routes/index.ts';
import { authorise } from './authorise.ts';
import type { Call, Cookies, RouteDeps } from './call.ts';
import { nameDevice } from './device.ts';
import { MethodNotAllowed, UnsupportedBody } from './errors.ts';
import { type FileAnswer, sendFile } from './file-answer.ts';
import { withIdempotencyKey } from './idempotency-key.ts';
import { describeIssue } from './input-words.ts';
import { networkOf } from './network-of.ts';
import { cookieName, cookieOptions, openSignedCookies } from './own-cookies.ts';
import { assertOwnPage } from './own-pages.ts';
import { chargeRequest, perAddress, perSession } from './request-limits.ts';
import { findSessionToken } from './session-cookie.ts';
import { findSession } from './sessions.ts';
import { slipCookies } from './slip-cookies.ts';
import { findTabId } from './tab-id.ts';
import { readUpload } from './upload.ts';

/** Mounts the table. A path that is known answers a method that isn't with 405. */
export function mountRoutes(app: Express, deps: RouteDeps): void {
  const methods = new Map<string, string[]>();
  for (const name of Object.keys(routes) as RouteName[]) {
    const spec: RouteSpec = routes[name];
    methods.set(spec.path, [...(methods.get(spec.path) ?? []), spec.method.toUpperCase()]);
    app[spec.method](spec.path, (request, response) => serve(name, { request, response, deps }));
  }
  for (const [path, known] of methods) {
    app.all(path, () => {
      throw new MethodNotAllowed(known.join(', '));
    });
  }
}

async function serve(
  name: RouteName,
  { request, response, deps }: { request: Request; response: Response; deps: RouteDeps },
): Promise<void> {
  const spec: RouteSpec = routes[name];
  response.locals.route = spec.path;
  response.set('Cache-Control', 'no-store');
  const token = findSessionToken(request.get('cookie'), deps.http);
  const active = spec.background !== true && request.get('x-guanlan-background') === undefined;
  const signedIn = token === null ? null : await findSession(token, active, deps);
  response.locals.actorId = signedIn?.user.id;
  chargeRequest(response, deps.requestLimits, {
    ...(signedIn === null
      ? { caller: `address ${networkOf(request.ip ?? 'unknown')}`, allowance: perAddress }
      : { caller: `session ${signedIn.session.id}`, allowance: perSession }),
    // A stranger who will be refused takes no work.
    cost: signedIn === null && spec.action !== 'public' ? 1 : (spec.cost ?? 1),
  });
  const rights = authorise(spec, signedIn);
  assertOwnPage(
    request,
    spec.action === 'public' ? null : (signedIn?.session ?? null),
    deps.http.publicOrigin,
  );
  const call = {
    params: parsePart(spec.params, request.params, null),
    query: parsePart(spec.query, request.query, null),
    body: parsePart(spec.body, withIdempotencyKey(request, spec, readBody(request, spec)), 'body'),
    file: await readUpload(request, response, spec),
    signedIn,
    rights,
    action: spec.action === 'public' || spec.action === 'signed-in' ? null : spec.action,
    tabId: findTabId(request),
    address: request.ip ?? 'unknown',
    device: nameDevice(request.get('user-agent')),
    signal: signalOf(response),
    cookies: buildCookies(request, response, deps),
    deps,
  };
  // The table ties each handler's input to the schemas used just above; TypeScript can't follow that through a loop.
  const handler = handlers[name] as (call: unknown) => Promise<unknown>;
  const answer = await handler(call satisfies Omit<Call, 'params' | 'query' | 'body'>);
  if (spec.download === true) sendFile(response, answer as FileAnswer);
  else if (spec.answer === null) response.status(204).end();
  else response.json(spec.answer.parse(answer));
}

function readBody(request: Request, spec: RouteSpec): unknown {
  if (spec.body === null) return null;
  const length = request.get('content-length');
  const empty = request.get('transfer-encoding') === undefined && (length === undefined || length === '0');
  if (empty) return {};
  if (!request.is('application/json')) {
    throw new UnsupportedBody('请用 application/json 发送。');
  }
  return request.body;
}

/** @throws InvalidInput naming the first field that is wrong */
function parsePart(schema: z.ZodObject | null, value: unknown, whole: string | null): unknown {
  if (schema === null) return null;
  const parsed = schema.safeParse(value, { error: describeIssue });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const field = [...issue.path, issue.keys[0] ?? 'body'].map(String).join('.');
    if (issue.path.length > 0) throw new InvalidInput(field, '没有这个字段。');
    throw new InvalidInput(field, '没有这个字段。', `可以填写：${Object.keys(schema.shape).join(', ')}`);
  }
  const field = issue?.path.map(String).join('.') ?? '';
  throw new InvalidInput(field === '' ? (whole ?? 'query') : field, `填写有误：${issue?.message ?? ''}。`);
}

function signalOf(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort(new RetryLater(1000, '请求已中断。')));
  return gone.signal;
}

export function buildCookies(request: Request, response: Response, deps: RouteDeps): Cookies {
  const name = cookieName('session', deps.http);
  const options = cookieOptions(deps.http);
  return {
    setSession: (token) => response.cookie(name, token, options),
    clearSession: () => response.clearCookie(name, options),
    ...slipCookies(request, response, deps.http),
    signed: openSignedCookies(request, response, deps),
  };
}
