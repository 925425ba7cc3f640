import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEgress } from '../crawlers/fetch/egress.ts';
import { openCasProvider } from '../pipeline/adapters/identity/cas.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import { relayOutbox } from '../pipeline/jobs/relay-outbox.ts';
import { startApi } from '../review-api/main.ts';
import { startIdentityServer } from './campus/identity-server.ts';
import { type Office, officePassword, openOffice } from './harness/office.ts';

import { fileCase } from './harness/office-cases.ts';
import { startProxy } from './harness/reverse-proxy.ts';
import { Visitor } from './harness/visitor.ts';

const closers: (() => Promise<unknown>)[] = [];
const closeAll = async () => {
  for (const close of closers.splice(0).reverse()) await close();
};
type Behind = Awaited<ReturnType<typeof openBehind>>;

async function openBehind(basePath: string, strips: boolean) {
  const door = await startProxy(basePath, strips);
  closers.push(door.close);
  const office: Office = await openOffice();
  closers.push(office.close);
  const school = await startIdentityServer();
  closers.push(school.close);
  const egress = openEgress({ clock: systemClock });
  closers.push(() => egress.close());
  const cas = { url: school.cas, protocol: '3', attribute: null, subjectCase: 'keep', label: 'CAS' } as const;
  const { deps } = office;
  const api = await startApi(
    {
      ...deps,
      signIn: { ...deps.signIn, providers: [openCasProvider(cas, egress)] },
      http: { ...deps.http, publicOrigin: door.origin, basePath, trustedProxyHops: 1, webFolder: null },
    },
    { host: '127.0.0.1', port: 0 },
  );
  closers.push(api.close);
  door.target = api.url;
  return { door, office, school, base: `${door.origin}${basePath}` };
}

describe.each([
  ['at the root of its host', '', false],
  ['below a path that the proxy takes off', '/guanlan', true],
  ['below a path that the proxy leaves on', '/guanlan', false],
  ['two levels down', '/xcb/guanlan', true],
])('%s', (_name, basePath, strips) => {
  let behind: Behind;
  beforeAll(async () => {
    behind = await openBehind(basePath, strips);
  });
  afterAll(closeAll);

  test('signing in, working and signing out go by the cookie of that path', async () => {
    const { office, base } = behind;
    const login = await office.hire(['reviewer']);
    const visitor = new Visitor(base);
    const send = (method: string, path: string, body?: unknown) =>
      visitor.send(method, `${basePath}${path}`, {
        ...(body === undefined ? {} : { body }),
        headers: { origin: new URL(base).origin },
      });
    const entered = await send('POST', '/api/session', { login, password: officePassword });
    expect(entered.status).toBe(200);
    const path = basePath === '' ? '/' : basePath;
    expect(entered.headers.getSetCookie()[0]).toContain(`; Path=${path};`);
    visitor.csrfToken = (entered.json as { csrfToken: string }).csrfToken;
    expect((await send('GET', '/api/queues')).status).toBe(200);
    expect((await send('GET', '/healthz')).status).toBe(200);
    const foreign = await visitor.send('DELETE', `${basePath}/api/session`, {
      headers: { origin: 'http://inside:3000' },
    });
    expect(foreign.json).toMatchObject({ code: 'foreign-request' });
    expect((await send('DELETE', '/api/session')).status).toBe(204);
    expect(visitor.cookie).toBeNull();
  });

  test('the school’s sign-in sends people back below it', async () => {
    const { office, school, base } = behind;
    const user = await office.stores.users.findByLogin(await office.hire(['reviewer']));
    if (user !== null) {
      const identities = [{ provider: 'cas' as const, subject: '20190042' }];
      await office.stores.users.update({ ...user, identities });
    }
    const visitor = new Visitor(base);
    const begun = await visitor.get(`${basePath}/api/sign-in/cas?returnTo=%23%2Freview`);
    const there = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
    const back = there.headers.get('location') ?? '';
    expect(back.startsWith(`${base}/api/sign-in/cas/callback?`)).toBe(true);
    const entered = await visitor.get(back);
    expect(entered.headers.get('location')).toBe(`${basePath}/#/review`);
    expect((await visitor.get(`${basePath}/api/session`)).status).toBe(200);
    const out = await visitor.get(`${basePath}/api/sign-in/cas/sign-out`);
    expect(out.headers.get('location')).toBe(
      `${school.cas}/logout?service=${encodeURIComponent(`${base}/`)}`,
    );
  });

  test('changes are told at once, through the proxy', async () => {
    const { office, base } = behind;
    const visitor = new Visitor(base);
    const reply = await visitor.post(`${basePath}/api/session`, {
      login: await office.hire(['reviewer']),
      password: officePassword,
    });
    expect(reply.status).toBe(200);
    const leaving = new AbortController();
    const stream = await fetch(`${base}/api/events`, {
      headers: { cookie: visitor.cookie ?? '' },
      signal: leaving.signal,
    });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    expect(stream.headers.get('x-accel-buffering')).toBe('no');
    const reader = stream.body?.getReader();
    const decoder = new TextDecoder();
    let text = '';
    const readUntil = async (wanted: string) => {
      while (!text.includes(wanted)) text += decoder.decode((await reader?.read())?.value);
    };
    await readUntil('retry:');
    await fileCase(office, {});
    const { announcer } = office.deps;
    await relayOutbox(office, ({ topic, subject }) => announcer.announce({ topic, subject }));
    await readUntil('data:');
    leaving.abort();
    expect(text).toContain('data:');
  });

  test('the throttle counts by the address behind the proxy', async () => {
    const { base, office } = behind;
    const login = await office.hire(['reviewer']);
    const visitor = new Visitor(base);
    const reply = await visitor.post(`${basePath}/api/session`, { login, password: 'wrong' });
    expect(reply.status).toBe(401);
    await office.stores.audit.linkPending(1, 100);
    const [chain = ''] = await office.stores.audit.listChains();
    const entries = await office.stores.audit.readChain(chain, 0, 100);
    const failed = entries.find(
      ({ entry }) => entry !== null && entry !== 'unreadable' && entry.action === 'login.failed',
    );
    expect(JSON.stringify(failed?.payload)).toContain('127.0.0.1');
  });
});

test('the bare path leads to the one with a slash, and a neighbour’s path is none of ours', async () => {
  const { door, base } = await openBehind('/guanlan', false);
  const bare = await fetch(base, { redirect: 'manual' });
  expect(bare.status).toBe(308);
  expect(bare.headers.get('location')).toBe('/guanlan/');
  expect((await fetch(`${door.origin}/guanlan-old/healthz`)).status).toBe(404);
  await closeAll();
});
