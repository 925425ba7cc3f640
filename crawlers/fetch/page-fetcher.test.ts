import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Egress } from '../../pipeline/ports/egress.ts';
import { SiteServer } from '../../test/harness/site-server.ts';
import { openEgress } from './egress.ts';
import { type FetchResult, type FetchTask, fetchPages } from './page-fetcher.ts';

let site: SiteServer;
let egress: Egress;
const bytes = Uint8Array.of(0xb9, 0xdb, 0xc0, 0xbd);

beforeEach(async () => {
  site = await SiteServer.start({
    '/1.htm': { body: bytes, headers: { 'content-type': 'text/html; charset=gbk' } },
    '/2.htm': { status: 500, body: 'no' },
    '/3.htm': { reset: true, body: 'half' },
    '/4.htm': ({ headers }) => ({ status: headers['if-none-match'] === '"a"' ? 304 : 200 }),
  });
  egress = openEgress({ clock: { now: () => '2026-03-05T06:00:00.000Z' } });
});
afterEach(async () => {
  await egress.close();
  await site.close();
});

function planFor(
  paths: string[],
  handle: (task: FetchTask, result: FetchResult) => Promise<void>,
  stop = new AbortController(),
) {
  const waiting: FetchTask[] = paths.map((path) => ({
    url: site.url(path),
    etag: '"a"',
    lastModified: null,
  }));
  const plan = {
    egress,
    allowance: {
      hosts: [{ host: site.host, paths: ['/'] }],
      privateAddress: true,
      requestsPerMinute: 60_000,
    },
    concurrency: 2,
    signal: stop.signal,
    next: async () => waiting.shift() ?? null,
    handle,
  };
  return { plan, waiting };
}

describe('fetchPages', () => {
  it('gives every answer and every failure once, bytes as they were sent', async () => {
    const seen = new Map<string, string>();
    const { plan, waiting } = planFor(['/1.htm', '/2.htm', '/3.htm'], async ({ url }, result) => {
      const path = new URL(url).pathname;
      if (path === '/1.htm') waiting.push({ url: site.url('/4.htm'), etag: '"a"', lastModified: null });
      seen.set(
        path,
        'error' in result
          ? String(result.error)
          : `${result.response.status} ${Buffer.from(result.response.body).toString('hex')}`,
      );
    });
    await fetchPages(plan);
    expect(Object.fromEntries(seen)).toEqual({
      '/1.htm': '200 b9dbc0bd',
      '/2.htm': '500 6e6f',
      '/3.htm': expect.stringContaining('closed before the answer was complete'),
      '/4.htm': '304 ',
    });
    expect(site.requests.filter(({ path }) => path !== '/robots.txt')).toHaveLength(4);
  });

  it('asks what the call of a task says, and answers for its address', async () => {
    site.set('/api?token=SECRET', ({ method, body }) => ({ body: `${method} ${body}` }));
    const call = { url: site.url('/api?token=SECRET'), method: 'POST', body: 'page=2' } as const;
    const seen: unknown[] = [];
    const { plan, waiting } = planFor([], async ({ url }, result) => {
      seen.push(url, 'error' in result ? result.error : { ...result.response, headers: {} });
    });
    waiting.push({ url: 'https://api.example/statuses', etag: null, lastModified: null, call });
    await fetchPages(plan);
    expect(seen).toEqual([
      'https://api.example/statuses',
      { url: 'https://api.example/statuses', status: 200, headers: {}, body: Buffer.from('POST page=2') },
    ]);
  });

  it('leaves no file behind and says nothing', async () => {
    const said = [
      vi.spyOn(console, 'log'),
      vi.spyOn(console, 'error'),
      vi.spyOn(console, 'warn'),
      vi.spyOn(process.stdout, 'write'),
    ];
    await fetchPages(planFor(['/1.htm', '/2.htm'], async () => {}).plan);
    for (const spy of said) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
    expect(existsSync('storage')).toBe(false);
  });

  it('ends with what the store threw, and begins no further page', async () => {
    const { plan, waiting } = planFor(
      ['/1.htm', '/1.htm?2', '/1.htm?3', '/1.htm?4', '/1.htm?5'],
      async () => {
        throw new Error('database or disk is full');
      },
    );
    await expect(fetchPages(plan)).rejects.toThrow('database or disk is full');
    expect(waiting.length).toBeGreaterThan(0);
  });

  it('stops between pages when aborted', async () => {
    const stop = new AbortController();
    let handled = 0;
    const { plan, waiting } = planFor(
      Array.from({ length: 20 }, (_, i) => `/1.htm?${i}`),
      async () => {
        if (++handled === 3) stop.abort(new Error('stopped'));
      },
      stop,
    );
    await fetchPages(plan);
    expect(handled).toBeLessThanOrEqual(4);
    expect(waiting.length).toBeGreaterThan(10);
  });
});
