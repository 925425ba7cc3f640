import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openEgress } from '../../../crawlers/fetch/egress.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { browseUntil, type OidcServer, startOidcServer } from '../../../test/harness/oidc-server.ts';
import type { IdentityRefused } from '../../domain/identity.ts';
import type { Egress } from '../../ports/egress.ts';
import type { SignInFlow } from '../../ports/identity-provider.ts';
import { systemClock } from '../system-clock.ts';
import { type OidcOptions, openOidcProvider } from './oidc.ts';

const callback = 'http://127.0.0.1:4999/guanlan/api/sign-in/oidc/callback';
const back = 'http://127.0.0.1:4999/guanlan/';
const flow: SignInFlow = {
  state: '0123456789abcdef0123456789abcdef',
  nonce: 'nonce-0123456789',
  verifier: 'verifier-0123456789-0123456789-0123456789-0123456789',
  callback,
};
let school: OidcServer;
let egress: Egress;
const clock = new FakeClock();

beforeAll(async () => {
  school = await startOidcServer([callback], back);
  egress = openEgress({ clock: systemClock });
});
afterEach(() => {
  school.control.account = 'zhou.ws';
});
afterAll(async () => {
  await egress.close();
  await school.close();
});

const open = (options: Partial<OidcOptions> = {}) => {
  const { issuer, clientId, clientSecret } = school;
  const given = { issuer, clientId, clientSecret, hosts: [], claim: 'sub', label: 'OIDC' };
  return openOidcProvider({ ...given, subjectCase: 'keep', ...options }, { egress, clock });
};
const provider = () => open();
async function goThere(with_ = flow, door = provider()): Promise<URLSearchParams> {
  return (await browseUntil(await door.begin(with_, false), callback)).searchParams;
}
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'let in',
    (error: IdentityRefused) => error.reason ?? String(error),
  );

test('who it is stands in the ID token: its subject, or another claim', async () => {
  const door = open();
  expect(await door.identify(await goThere(), flow)).toEqual({ subject: 'zhou.ws', ticket: null });
  const byNumber = open({ claim: 'employee_number' });
  expect((await byNumber.identify(await goThere(), flow)).subject).toBe('20190042');
  expect(await reasonOf(open({ claim: 'missing' }).identify(await goThere(), flow))).toBe('misconfigured');
});

test('the request carries state, nonce and the challenge of PKCE', async () => {
  const { searchParams } = new URL(await open().begin(flow, false));
  expect(Object.fromEntries(searchParams)).toMatchObject({
    response_type: 'code',
    redirect_uri: callback,
    state: flow.state,
    nonce: flow.nonce,
    code_challenge_method: 'S256',
  });
  expect(searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
  expect(searchParams.get('scope')?.split(' ')).toContain('openid');
});

test('a code is good once', async () => {
  const door = open();
  const query = await goThere();
  await door.identify(query, flow);
  expect(await reasonOf(door.identify(query, flow))).toBe('expired');
});

test.each([
  ['another nonce', { nonce: 'nonce-of-another' }, 'garbled'],
  ['another verifier', { verifier: `${flow.verifier}x` }, 'expired'],
  ['another state', { state: 'f'.repeat(32) }, 'garbled'],
])('a code of a sign-in with %s lets nobody in', async (_name, change, reason) => {
  const query = await goThere();
  expect(await reasonOf(open().identify(query, { ...flow, ...change }))).toBe(reason);
});

test('an answer in another issuer’s name is refused', async () => {
  const query = await goThere();
  query.set('iss', 'http://evil.example');
  expect(await reasonOf(open().identify(query, flow))).toBe('garbled');
});

test('who went away there is told so; a wrong secret is a matter of configuration', async () => {
  school.control.account = null;
  expect(await reasonOf(open().identify(await goThere(), flow))).toBe('cancelled');
  school.control.account = 'zhou.ws';
  const query = await goThere();
  expect(await reasonOf(open({ clientSecret: 'wrong' }).identify(query, flow))).toBe('misconfigured');
});

test('a server that wants the secret in the body gets it there', async () => {
  const other = await startOidcServer([callback], back, 'client_secret_post');
  const door = open({ issuer: other.issuer });
  expect((await door.identify(await goThere(flow, door), flow)).subject).toBe('zhou.ws');
  await other.close();
});

test('leads back to us after signing out there', async () => {
  const url = new URL((await open().findSignOut(back)) ?? '');
  expect(url.origin).toBe(school.issuer);
  expect(url.searchParams.get('post_logout_redirect_uri')).toBe(back);
  expect(url.searchParams.get('client_id')).toBe(school.clientId);
});

test('its metadata is read once an hour; a failure is not kept', async () => {
  let asked = 0;
  let broken = true;
  const server: Server = createServer(async (request, response) => {
    asked += 1;
    if (broken) return void response.writeHead(503).end();
    const { port } = server.address() as AddressInfo;
    const issuer = `http://127.0.0.1:${port}`;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}${request.url}/auth` }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const door = open({ issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  expect(await reasonOf(door.begin(flow, false))).not.toBe('let in');
  expect(await door.examine()).not.toBeNull();
  broken = false;
  asked = 0;
  await Promise.all([door.begin(flow, false), door.begin(flow, false)]);
  await door.begin(flow, false);
  expect(asked).toBe(1);
  clock.advance(3_600_000);
  await door.begin(flow, false);
  expect(asked).toBe(2);
  expect(await door.examine()).toBeNull();
  await new Promise((closed) => server.close(closed));
});

test('plain http is for this machine alone, and no other host is asked', async () => {
  expect(await reasonOf(open({ issuer: 'http://sso.example.edu.cn' }).begin(flow, false))).toBe('garbled');
  const unreachable = open({ issuer: 'http://127.0.0.1:9' });
  expect(await reasonOf(unreachable.begin(flow, false))).toBe('unavailable');
  expect(await unreachable.examine()).toContain('127.0.0.1:9');
});
