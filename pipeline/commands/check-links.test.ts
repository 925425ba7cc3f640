import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEgress } from '../../crawlers/fetch/egress.ts';
import { DraftContent } from '../domain/draft-content.ts';
import type { LinkReport } from '../domain/link-report.ts';
import type { Settings } from '../domain/settings.ts';
import { openLinkChecks, readWithLinks } from './check-links.ts';

const asked: { url: string; headers: Record<string, unknown> }[] = [];
let server: Server;
let origin: string;
let port: number;
const clock = { now: () => '2026-11-23T01:00:00.000Z', newId: () => '' };

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = request.url ?? '';
    asked.push({ url, headers: request.headers });
    const answer = (status: number, headers: Record<string, string>, body = '') => {
      response.writeHead(status, headers);
      response.end(body);
    };
    if (url === '/gone') answer(404, {});
    else if (url === '/login-first') answer(403, {});
    else if (url === '/broken') answer(500, {});
    else if (url === '/there') answer(302, { location: '/page' });
    else if (url === '/elsewhere') answer(302, { location: 'http://other.example/x' });
    else if (url === '/sold') answer(302, { location: 'https://www.sedoparking.com/x' });
    else if (url === '/inside') answer(302, { location: `http://127.0.0.1:${port + 1}/secret` });
    else if (url === '/round') answer(302, { location: '/round' });
    else if (url === '/lapsed') answer(200, {}, '<title>该域名已过期</title>');
    else if (url === '/large') answer(200, {}, 'x'.repeat(2_000_000));
    else answer(200, { 'set-cookie': 'a=1' }, '<p>好</p>');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  port = (server.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
});
afterAll(() => server.close());

/** The campus stands at a private address: its channel says so. */
function openChecks(isOwn = true) {
  const allow = [{ host: `127.0.0.1:${port}`, paths: ['/'] }];
  const channels = isOwn ? [{ kind: 'site', allow, privateAddress: true }] : [];
  const settings = { read: async () => ({ channels }) as unknown as Settings };
  // Many at one host at once is what a test does, not a draft.
  const egress = openEgress({ clock, timing: { nowMs: () => performance.now(), sleep: async () => {} } });
  const checks = openLinkChecks({ egress, clock, stores: { settings: settings as never } });
  const close = async () => {
    checks.close();
    await egress.close();
  };
  return { checks, close };
}

describe('the links of a draft', () => {
  it.each([
    ['/page', 'fine'],
    ['/there', 'fine'],
    ['/large', 'fine'],
    ['/gone', 'dead'],
    ['/login-first', 'unsure'],
    ['/broken', 'unsure'],
    ['/round', 'unsure'],
    ['/elsewhere', 'moved'],
    ['/inside', 'moved'],
    ['/sold', 'parked'],
    ['/lapsed', 'parked'],
  ])('%s: %s', async (path, state) => {
    const { checks, close } = openChecks();
    const [report] = await checks.check([`${origin}${path}`]);
    expect(report).toMatchObject({ href: `${origin}${path}`, state, at: clock.now() });
    await close();
  });

  it('nobody but the place that the draft names is asked; without cookies', async () => {
    const { checks, close } = openChecks();
    asked.length = 0;
    await checks.check([`${origin}/page`, `${origin}/inside`]);
    await checks.check([`${origin}/page`]);
    expect(asked.map(({ url }) => url).sort()).toEqual(['/inside', '/page']);
    expect(asked.some(({ headers }) => 'cookie' in headers || 'authorization' in headers)).toBe(false);
    await close();
  });

  it('private addresses of others are not asked, names that do not exist are dead', async () => {
    const { checks, close } = openChecks(false);
    asked.length = 0;
    const reports = await checks.check([
      `${origin}/page`,
      'http://nowhere.invalid/',
      'mailto:a@b.cn',
      'tel:1',
    ]);
    expect(reports.map(({ state }) => state)).toEqual(['refused', 'dead']);
    expect(asked).toEqual([]);
    await close();
  });

  it('a certificate that is not theirs', async () => {
    const failure = Object.assign(
      new Error('x', { cause: Object.assign(new Error('y'), { code: 'CERT_HAS_EXPIRED' }) }),
    );
    const settings = { read: async () => ({ channels: [] }) as unknown as Settings };
    const checks = openLinkChecks({
      ...{ clock, stores: { settings: settings as never } },
      egress: { fetch: () => Promise.reject(failure) },
    });
    expect(await checks.check(['https://a.example/'])).toMatchObject([
      { state: 'certificate', detail: '证书已过期' },
    ]);
  });
});

it('a draft is not kept waiting for its links, and says which it does not know of', async () => {
  const content = DraftContent.parse({
    title: '',
    document: {
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: ['https://quick.example/', 'https://slow.example/'].map((href) => ({
            ...{ type: 'text', text: '站' },
            marks: [{ type: 'link', attrs: { href } }],
          })),
        },
      ],
    },
  });
  const report = (href: string): LinkReport => ({ href, state: 'fine', detail: null, at: clock.now() });
  const files = { images: new Map(), attachments: new Map() };
  const links = {
    check: ([href = '']: readonly string[]) =>
      href.includes('quick') ? Promise.resolve([report(href)]) : new Promise<LinkReport[]>(() => {}),
  };
  const read = await readWithLinks(async () => files, links)(content);
  expect(read.links).toEqual([report('https://quick.example/')]);
});

it('of a page of links only so many are asked for', async () => {
  const content = DraftContent.parse({
    title: '',
    document: {
      type: 'doc',
      content: Array.from({ length: 300 }, (_, i) => ({
        type: 'paragraph',
        content: [
          { type: 'text', text: '站', marks: [{ type: 'link', attrs: { href: `https://${i}.example/` } }] },
        ],
      })),
    },
  });
  const files = { images: new Map(), attachments: new Map() };
  const hrefs: string[] = [];
  const check = async (asked: readonly string[]) => {
    hrefs.push(...asked);
    return [];
  };
  await readWithLinks(async () => files, { check })(content);
  expect(hrefs).toHaveLength(80);
});
