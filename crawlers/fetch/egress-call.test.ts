import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotPermitted } from '../../pipeline/domain/errors.ts';
import type { Egress, EgressAllowance, EgressCall } from '../../pipeline/ports/egress.ts';
import { SiteServer } from '../../test/harness/site-server.ts';
import { openEgress } from './egress.ts';

const clock = { now: () => '2026-03-05T06:00:00.000Z' };
let site: SiteServer;
let other: SiteServer;
let egress: Egress;

beforeEach(async () => {
  site = await SiteServer.start({
    '/api': { body: '{"ok":1}', headers: { 'content-type': 'application/json' } },
  });
  other = await SiteServer.start({ '*': { body: 'other' } });
  egress = openEgress({ clock, limits: { totalMs: 400, headersMs: 300 } });
});
afterEach(async () => {
  await egress.close();
  await Promise.all([site.close(), other.close()]);
});

const allowance = (change: Partial<EgressAllowance> = {}): EgressAllowance => ({
  hosts: [
    { host: site.host, paths: ['/'] },
    { host: other.host, paths: ['/'] },
  ],
  privateAddress: true,
  requestsPerMinute: 60_000,
  ...change,
});
const call = (path: string, more: Partial<EgressCall> = {}, change: Partial<EgressAllowance> = {}) =>
  egress.fetch({ url: site.url(path), allowance: allowance(change), ...more });
const credential = { authorization: 'Bearer SECRET', cookie: 'SUB=SECRET' };
const asked = (server: SiteServer) => server.requests.filter(({ path }) => path !== '/robots.txt');

describe('a call', () => {
  it('carries method, headers and body, and still says who is asking', async () => {
    const headers = { ...credential, 'content-type': 'application/json', referer: 'https://a.example/' };
    const response = await call('/api', { method: 'POST', headers, body: '{"名":"观澜"}' });
    expect(response.status).toBe(200);
    expect(asked(site)).toMatchObject([{ method: 'POST', body: '{"名":"观澜"}', headers }]);
    expect(asked(site)[0]?.headers['user-agent']).toContain('GuanlanBot');
  });

  it.each(['user-agent', 'host', 'x-forwarded-for', 'sec-ch-ua', 'proxy-authorization', 'Cookie'])(
    'may not set %s',
    async (name) => {
      const asking = call('/api', { headers: { [name]: 'SECRET' } });
      await expect(asking).rejects.toThrow(NotPermitted);
      await expect(asking).rejects.not.toThrow(/SECRET/);
      expect(site.requests).toEqual([]);
    },
  );

  it('asks no robots.txt where it is an official interface', async () => {
    site.set('/robots.txt', { body: 'User-agent: *\nDisallow: /\n' });
    await expect(call('/api', { method: 'POST' })).rejects.toThrow(/robots\.txt/);
    site.requests.length = 0;
    expect((await call('/api', { robots: 'not-asked' })).status).toBe(200);
    expect(site.requests.map(({ path }) => path)).toEqual(['/api']);
  });

  it('is held to the allow-list and to the pace like any other', async () => {
    const hosts = [{ host: site.host, paths: ['/open/'] }];
    await expect(call('/api', { robots: 'not-asked', method: 'POST' }, { hosts })).rejects.toThrow(
      /allow-list/,
    );
    expect(site.requests).toEqual([]);
  });

  it('may have a limit of its own, lower or higher', async () => {
    site.set('/long', { body: 'x'.repeat(3000) });
    await expect(call('/long', { maxBytes: 2000 })).rejects.toThrow(/larger than/);
    const small = openEgress({ clock, limits: { maxBytes: 1000 } });
    const request = { url: site.url('/long'), allowance: allowance(), maxBytes: 5000 };
    expect((await small.fetch(request)).body.length).toBe(3000);
    await small.close();
  });
});

describe('a redirect of a call', () => {
  const to = (location: string, status = 302) => site.set('/go', { status, headers: { location } });

  it('is an answer where the caller wants to see it', async () => {
    to('https://passport.example/login');
    const response = await call('/go', { redirects: 'return' });
    expect([response.status, response.headers.location]).toEqual([302, 'https://passport.example/login']);
  });

  it('keeps headers on the same origin', async () => {
    to('/api');
    await call('/go', { headers: credential });
    expect(asked(site)[1]?.headers).toMatchObject(credential);
  });

  it('takes no header and no body to another origin', async () => {
    to(other.url('/x'));
    await call('/go', {
      method: 'POST',
      headers: { ...credential, 'content-type': 'text/plain' },
      body: 'SECRET',
    });
    expect(asked(other)).toMatchObject([{ method: 'GET', body: '' }]);
    expect(JSON.stringify(asked(other))).not.toContain('SECRET');
  });

  it.each([
    [303, 'GET', ''],
    [302, 'GET', ''],
    [307, 'POST', 'text'],
    [308, 'POST', 'text'],
  ])('of a POST with %i is followed with %s', async (status, method, body) => {
    to('/api', status);
    await call('/go', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'text' });
    expect(asked(site)[1]).toMatchObject({ method, body });
    expect(asked(site)[1]?.headers['content-type']).toBe(method === 'POST' ? 'text/plain' : undefined);
  });

  it('that would take a POST to another origin is refused', async () => {
    to(other.url('/x'), 307);
    await expect(call('/go', { method: 'POST', body: 'SECRET' })).rejects.toThrow(/its body is not sent on/);
    expect(other.requests).toEqual([]);
  });
});

/** What is written to a log or a ledger of a failure: the error, its causes and everything that hangs on it. */
async function tracesOf(asking: Promise<unknown>): Promise<string> {
  try {
    await asking;
  } catch (error) {
    const chain: string[] = [];
    for (let one: unknown = error; one instanceof Error; one = one.cause) {
      chain.push(String(one), one.stack ?? '', JSON.stringify(Object.entries(one)));
    }
    return chain.join('\n');
  }
  throw new Error('nothing failed');
}

describe('no failure repeats what a call carried', () => {
  const carried: Partial<EgressCall> = {
    headers: credential,
    body: 'SECRET',
    method: 'POST',
    robots: 'not-asked',
  };
  const query = '?access_token=SECRET';

  it.each([
    ['too large', { body: 'x'.repeat(99) }, { maxBytes: 50 }],
    ['packed in an unknown way', { headers: { 'content-encoding': 'zstd' } }, {}],
    ['silent', { hang: 'silent' }, {}],
    ['reset', { body: 'half', reset: true }, {}],
    ['put off', { status: 503, headers: { 'retry-after': '60' } }, {}],
    ['redirected in a loop', { status: 307, headers: { location: `/it${query}` } }, {}],
    ['redirected off the list', { status: 302, headers: { location: `http://evil.example/x${query}` } }, {}],
    ['an invalid header', {}, { headers: { cookie: 'SECRET\u0001\n' } }],
  ] as const)('%s', async (_name, answer, more) => {
    site.set(`/it${query}`, answer);
    const traces = await tracesOf(call(`/it${query}`, { ...carried, ...more }));
    expect(traces).not.toContain('SECRET');
    expect(traces).not.toContain('access_token');
  });

  it('a dead host, a host off the list, no address', async () => {
    const url = site.url(`/it${query}`);
    const { host } = site;
    await site.close();
    const hosts = [{ host, paths: ['/'] }];
    const request = { ...carried, url, allowance: allowance({ hosts }) };
    const traces = [
      await tracesOf(egress.fetch(request)),
      await tracesOf(egress.fetch({ ...request, allowance: allowance({ hosts: [] }) })),
      await tracesOf(egress.fetch({ ...request, url: `http://[broken/${query}` })),
      await tracesOf(egress.fetch({ ...request, url: url.replace('//', '//user:SECRET@') })),
    ].join();
    site = await SiteServer.start();
    expect(traces).not.toContain('SECRET');
  });
});
