import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotPermitted, Permanent, RetryLater } from '../../pipeline/domain/errors.ts';
import type { Egress, EgressAllowance } from '../../pipeline/ports/egress.ts';
import { SiteServer } from '../../test/harness/site-server.ts';
import type { Resolve } from './address-guard.ts';
import { type EgressOptions, openEgress } from './egress.ts';

const clock = { now: () => '2026-03-05T06:00:00.000Z' };
let site: SiteServer;
const open: Egress[] = [];

function egressWith(options: Partial<EgressOptions> = {}): Egress {
  const egress = openEgress({ clock, ...options });
  open.push(egress);
  return egress;
}
function allowanceFor(change: Partial<EgressAllowance> = {}): EgressAllowance {
  return {
    hosts: [{ host: site.host, paths: ['/'] }],
    privateAddress: true,
    requestsPerMinute: 60_000,
    ...change,
  };
}
const get = (path: string, options: Partial<EgressOptions> = {}, change: Partial<EgressAllowance> = {}) =>
  egressWith(options).fetch({ url: site.url(path), allowance: allowanceFor(change) });

beforeEach(async () => {
  site = await SiteServer.start({ '/ok.htm': { body: '<p>观澜</p>' } });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((egress) => egress.close()));
  await site.close();
});

describe('an answer', () => {
  it('comes with status, headers and bytes', async () => {
    const response = await get('/ok.htm#part');
    expect(response).toMatchObject({ url: site.url('/ok.htm'), status: 200 });
    expect(Buffer.from(response.body).toString()).toBe('<p>观澜</p>');
    expect(response.headers['content-type']).toContain('text/html');
    expect(site.requests.at(-1)?.headers['user-agent']).toContain('GuanlanBot');
  });
  it.each([404, 403, 410, 500, 503])('with status %i is an answer too', async (status) => {
    site.set('/bad.htm', { status, body: 'x' });
    expect((await get('/bad.htm')).status).toBe(status);
  });
  it('may be "not modified" when validators are sent', async () => {
    site.set('/tag.htm', ({ headers }) => ({ status: headers['if-none-match'] === '"v1"' ? 304 : 200 }));
    const request = { url: site.url('/tag.htm'), allowance: allowanceFor() };
    expect((await egressWith().fetch({ ...request, etag: '"v1"', lastModified: 'yesterday' })).status).toBe(
      304,
    );
    expect(site.requests.at(-1)?.headers['if-modified-since']).toBe('yesterday');
    expect((await egressWith().fetch(request)).status).toBe(200);
  });
  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ] as const)('packed as %s is unpacked', async (encoding, pack) => {
    site.set('/p.htm', {
      headers: { 'content-encoding': encoding },
      body: pack(Buffer.from('长文'.repeat(999))),
    });
    expect(Buffer.from((await get('/p.htm')).body).toString()).toBe('长文'.repeat(999));
  });
});

describe('size', () => {
  it('a page of 50 MB is refused without being read to its end', async () => {
    site.set('/huge.htm', { body: '<p>', fillBytes: 50 * 1_048_576 });
    await expect(get('/huge.htm')).rejects.toThrow(
      new Permanent(`${site.url('/huge.htm')} is larger than 10 MiB when unpacked; nothing of it was kept`),
    );
  });
  it('an announced size is enough', async () => {
    site.set('/huge.htm', { headers: { 'content-length': '99999999' }, hang: 'after-body', body: 'x' });
    await expect(get('/huge.htm')).rejects.toThrow(/larger than 10 MiB/);
  });
  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('a small %s bomb is refused', async (encoding, pack) => {
    site.set('/bomb.htm', {
      headers: { 'content-encoding': encoding },
      body: pack(new Uint8Array(40 * 1_048_576)),
    });
    await expect(get('/bomb.htm')).rejects.toThrow(/larger than 10 MiB when unpacked/);
  });
  it('packed three times over is refused', async () => {
    site.set('/bomb.htm', { headers: { 'content-encoding': 'gzip, gzip, gzip' }, body: 'x' });
    await expect(get('/bomb.htm')).rejects.toThrow(/packed 3 times/);
  });
  it('a damaged packed body is a network failure', async () => {
    site.set('/cut.htm', {
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync('abcdefgh').subarray(0, 12),
    });
    await expect(get('/cut.htm')).rejects.toThrow(/cut short/);
  });
});

describe('time', () => {
  const quick = { limits: { headersMs: 80, totalMs: 200, connectMs: 100 } };
  it('a dead host is named, with what to look at', async () => {
    const { host } = site;
    await site.close();
    await expect(
      egressWith().fetch({
        url: `http://${host}/x`,
        allowance: { ...allowanceFor(), hosts: [{ host, paths: ['/'] }] },
      }),
    ).rejects.toThrow(/robots\.txt of 127\.0\.0\.1:\d+ could not be read: connection refused/);
    site = await SiteServer.start();
  });
  it.each([
    ['a silent host', { hang: 'silent' }, /no (complete )?answer within/],
    ['a body that never ends', { body: '<p>', hang: 'after-body' }, /no complete answer within 0\.2 s/],
    ['a slow drip', { body: 'x'.repeat(500), dripEveryMs: 20 }, /no complete answer within 0\.2 s/],
  ] as const)('%s ends', async (_name, answer, why) => {
    site.set('/slow.htm', answer);
    await expect(get('/slow.htm', quick)).rejects.toThrow(why);
  });
  it('a reset in the middle ends', async () => {
    site.set('/slow.htm', { body: '<p>half', reset: true });
    await expect(get('/slow.htm')).rejects.toThrow(/closed before the answer was complete/);
  });
  it('an abort comes through as it is', async () => {
    site.set('/slow.htm', { hang: 'silent' });
    const stop = new AbortController();
    const asked = egressWith().fetch({
      url: site.url('/slow.htm'),
      allowance: allowanceFor(),
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(new Error('stopped by hand')), 30);
    await expect(asked).rejects.toThrow('stopped by hand');
  });
  it('an abort does not wait for a robots.txt that hangs', async () => {
    site.set('/robots.txt', { hang: 'silent' });
    const stop = new AbortController();
    const asked = egressWith().fetch({
      url: site.url('/ok.htm'),
      allowance: allowanceFor(),
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(new Error('stopped by hand')), 30);
    await expect(asked).rejects.toThrow('stopped by hand');
  });
  it('Retry-After is heard', async () => {
    site.set('/busy.htm', { status: 503, headers: { 'retry-after': '120' } });
    await expect(get('/busy.htm')).rejects.toMatchObject({ code: 'retry-later', delayMs: 120_000 });
  });
});

describe('where it may go', () => {
  it('nowhere but the allow-list', async () => {
    await expect(get('/ok.htm', {}, { hosts: [{ host: site.host, paths: ['/info/'] }] })).rejects.toThrow(
      NotPermitted,
    );
    expect(site.requests).toEqual([]);
  });
  it('not to a private address unless the channel says so', async () => {
    await expect(get('/ok.htm', {}, { privateAddress: false })).rejects.toThrow(
      /private or reserved address \(127/,
    );
    expect(site.requests).toEqual([]);
  });
  it('not to a name that resolves to one', async () => {
    const resolve: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const host = `www.canglan.example:${site.port}`;
    const allowance = { ...allowanceFor(), hosts: [{ host, paths: ['/'] }] };
    const url = `http://${host}/ok.htm`;
    expect((await egressWith({ resolve }).fetch({ url, allowance })).status).toBe(200);
    await expect(
      egressWith({ resolve }).fetch({ url, allowance: { ...allowance, privateAddress: false } }),
    ).rejects.toThrow(/host www\.canglan\.example stands at a private/);
  });
  it('judges again with every connection, so that a name that moves inside is caught (rebinding)', async () => {
    let asked = 0;
    const resolve: Resolve = async () => [
      { address: asked++ === 0 ? '127.0.0.1' : '169.254.169.254', family: 4 },
    ];
    const host = `www.canglan.example:${site.port}`;
    const allowance = { ...allowanceFor(), hosts: [{ host, paths: ['/'] }] };
    const egress = egressWith({ resolve });
    site.set('/robots.txt', { headers: { connection: 'close' } });
    await expect(egress.fetch({ url: `http://${host}/ok.htm`, allowance })).rejects.toThrow(
      /169\.254\.169\.254/,
    );
    expect([asked, site.count('/robots.txt'), site.count('/ok.htm')]).toEqual([2, 1, 0]);
  });
  it('follows redirects on the list and stops after five', async () => {
    site.set('/a.htm', { status: 302, headers: { location: '/ok.htm' } });
    site.set('/loop.htm', { status: 301, headers: { location: '/loop.htm' } });
    expect((await get('/a.htm')).url).toBe(site.url('/ok.htm'));
    await expect(get('/loop.htm')).rejects.toThrow(/redirects more than 5 times/);
  });
  it('follows an address that was sent unescaped', async () => {
    site.set('/b.htm', { status: 302, headers: { location: Buffer.from('/通知.htm').toString('latin1') } });
    expect((await get('/b.htm')).url).toBe(site.url('/%E9%80%9A%E7%9F%A5.htm'));
  });
  it.each([
    ['http://evil.example/x', /redirects to http:\/\/evil\.example\/x: host evil\.example is not on/],
    ['//169.254.169.254/latest/meta-data', /redirects to http:\/\/169\.254\.169\.254/],
    ['file:///etc/passwd', /only http and https/],
    ['http://u:p@127.0.0.1/', /is not on|user name/],
  ])('refuses a redirect to %s by name', async (location, why) => {
    site.set('/away.htm', { status: 302, headers: { location } });
    await expect(get('/away.htm')).rejects.toThrow(why);
  });
  it('refuses a redirect to an allowed host at a forbidden address', async () => {
    site.set('/away.htm', { status: 302, headers: { location: 'http://[fe80::1]/x' } });
    const hosts = [
      { host: site.host, paths: ['/'] },
      { host: '[fe80::1]', paths: ['/'] },
    ];
    await expect(get('/away.htm', {}, { hosts })).rejects.toThrow(/private or reserved address \(fe80::1\)/);
  });
});

describe('robots.txt', () => {
  it('is obeyed, for our own name first, and asked for once an hour', async () => {
    site.set('/robots.txt', {
      body: 'User-agent: *\nDisallow: /\n\nUser-agent: GuanlanBot\nDisallow: /closed/\n',
    });
    site.set('/closed/a.htm', { body: 'x' });
    const egress = egressWith();
    const allowance = allowanceFor();
    expect((await egress.fetch({ url: site.url('/ok.htm'), allowance })).status).toBe(200);
    await expect(egress.fetch({ url: site.url('/closed/a.htm'), allowance })).rejects.toThrow(
      /robots\.txt .* disallows/,
    );
    expect(site.count('/robots.txt')).toBe(1);
    expect(site.count('/closed/a.htm')).toBe(0);
  });
  it('also on a redirect', async () => {
    site.set('/robots.txt', { body: 'User-agent: *\nDisallow: /closed/\n' });
    site.set('/a.htm', { status: 302, headers: { location: '/closed/a.htm' } });
    await expect(get('/a.htm')).rejects.toThrow(/disallows/);
  });
  it('that fails is not ignored', async () => {
    site.set('/robots.txt', { status: 502 });
    await expect(get('/ok.htm')).rejects.toThrow(RetryLater);
    expect(site.count('/ok.htm')).toBe(0);
  });
  it('that leads off the host is none', async () => {
    site.set('/robots.txt', { status: 302, headers: { location: 'http://login.example/' } });
    expect((await get('/ok.htm')).status).toBe(200);
  });
  it('may ask for a slower pace', async () => {
    site.set('/robots.txt', { body: 'User-agent: *\nCrawl-delay: 7\n' });
    const slept: number[] = [];
    let now = 0;
    const sleep = async (delayMs: number) => {
      slept.push(Math.round(delayMs));
      now += delayMs;
    };
    const egress = egressWith({ timing: { nowMs: () => now, sleep } });
    for (let i = 0; i < 3; i++) await egress.fetch({ url: site.url('/ok.htm'), allowance: allowanceFor() });
    expect(slept).toEqual([1, 7000, 7000]);
  });
});
