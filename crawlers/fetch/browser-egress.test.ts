import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Egress, EgressAllowance, EgressResponse } from '../../pipeline/ports/egress.ts';
import { SiteServer } from '../../test/harness/site-server.ts';
import { parseSitePage } from '../sources/site/parse.ts';
import { type BrowserEgressOptions, openBrowserEgress } from './browser-egress.ts';
import { findBrowser } from './browser-program.ts';
import { openEgress } from './egress.ts';
import { articleData, articleShell, listData, listShell } from './fixtures/script-built-pages.ts';

const browser = { named: null, path: process.env.PATH ?? '' };
const isThere = (await findBrowser(browser)) !== null;

let site: SiteServer;
let other: SiteServer;
let egress: Egress;

const json = { 'content-type': 'application/json' };

/** Other limits need another browser; else one serves all tests. */
function openFor(options: Partial<BrowserEgressOptions> = {}): Egress {
  const plain = openEgress({ clock: { now: () => '2026-03-05T06:00:00.000Z' } });
  return openBrowserEgress(plain, {
    browser,
    ...options,
    page: { quietMs: 100, ...options.page },
  });
}

const allowance = (change: Partial<EgressAllowance> = {}): EgressAllowance => ({
  hosts: [{ host: site.host, paths: ['/'] }],
  privateAddress: true,
  requestsPerMinute: 600_000,
  ...change,
});
const textOf = ({ body }: EgressResponse) => Buffer.from(body).toString();
const show = (path: string, by = egress, more: { etag?: string } = {}) =>
  by.fetch({ url: site.url(path), allowance: allowance(), rendered: true, ...more });
const page = (script: string) => ({
  body: `<!doctype html><title>页</title><p id=p>前</p><script>${script}</script>`,
});
const asked = (server: SiteServer) =>
  server.requests.map(({ path }) => path).filter((path) => path !== '/robots.txt');

describe.skipIf(!isThere)('a page that scripts build', { timeout: 30_000 }, () => {
  beforeAll(() => {
    egress = openFor();
  });
  afterAll(() => egress.close());
  beforeEach(async () => {
    site = await SiteServer.start();
    other = await SiteServer.start({
      '*': { body: 'other', headers: { 'access-control-allow-origin': '*' } },
    });
  });
  afterEach(() => Promise.all([site.close(), other.close()]));

  it('is read as a browser shows it: list and article', async () => {
    site.set('/list.htm', { body: listShell, headers: { etag: '"shell"' } });
    site.set('/api/list?page=1', { body: listData, headers: json });
    site.set('/info/7.htm', { body: articleShell });
    site.set('/api/article', ({ method, body }) => ({
      body: `${method} ${body}` === 'POST {"id":7}' ? articleData : '{}',
      headers: json,
    }));
    const fetchedAt = '2026-03-05T06:00:00.000Z';
    const list = await show('/list.htm');
    const read = parseSitePage({ url: list.url, html: textOf(list), fetchedAt, status: list.status });
    expect([read.role, read.items.map(({ title, publishedAt }) => [title, publishedAt])]).toEqual([
      'list',
      [
        ['关于学生食堂二楼暂停供餐的通知', '2026-03-02T16:00:00.000Z'],
        ['图书馆三月开放时间调整', '2026-02-28T16:00:00.000Z'],
        ['春季学期校园网维护安排', '2026-02-25T16:00:00.000Z'],
      ],
    ]);
    // The shell's validator says nothing of the rows.
    expect(list.headers.etag).toBeUndefined();
    expect(list.rendering).toEqual({ requests: 1, refused: {}, settled: true });
    const article = await show('/info/7.htm');
    const [item] = parseSitePage({ url: article.url, html: textOf(article), fetchedAt, status: 200 }).items;
    expect([item?.title, item?.text.includes('请同学们到一楼用餐'), item?.publishedAt]).toEqual([
      '关于学生食堂二楼暂停供餐的通知',
      true,
      '2026-03-03T01:30:00.000Z',
    ]);
  });

  it('that has not changed is not shown again', async () => {
    site.set('/a.htm', ({ headers }) => ({
      ...page('document.title = "x"'),
      status: headers['if-none-match'] === '"v1"' ? 304 : 200,
      headers: { etag: '"v1"' },
    }));
    const first = await show('/a.htm');
    expect(first.headers.etag).toBe('"v1"');
    expect((await show('/a.htm', egress, { etag: '"v1"' })).status).toBe(304);
    expect(asked(site)).toEqual(['/a.htm', '/a.htm']);
  });

  it('gets nothing from a host that its channel does not allow, by whatever way', async () => {
    const away = other.url('/x');
    site.set(
      '/a.htm',
      page(`
        const tell = (what) => { document.body.append(what + ' '); };
        fetch('${away}?fetch').then(() => tell('fetched'), () => tell('fetch-refused'));
        const xhr = new XMLHttpRequest(); xhr.open('GET', '${away}?xhr');
        xhr.onload = () => tell('xhr'); xhr.onerror = () => tell('xhr-refused'); xhr.send();
        const socket = new WebSocket('${away.replace('http', 'ws')}');
        socket.onclose = () => tell('socket-closed');
        navigator.sendBeacon('${away}?beacon');
        navigator.serviceWorker?.register('/worker.js').catch(() => {});
        document.body.insertAdjacentHTML('beforeend', '<iframe src="${away}?frame"></iframe><img src="${away}?img">');
        const script = document.createElement('script'); script.src = '${away}?script'; document.body.append(script);
        const link = document.createElement('link'); link.rel = 'prefetch'; link.href = '${away}?prefetch'; document.head.append(link);
        window.open('${away}?popup');
        new Worker(URL.createObjectURL(new Blob(['fetch("${away}?worker").catch(() => {})'])));
        tell(typeof RTCPeerConnection + '-' + typeof WebTransport);`),
    );
    const response = await show('/a.htm');
    expect(other.requests).toEqual([]);
    expect(textOf(response)).toContain('fetch-refused');
    expect(textOf(response)).toContain('xhr-refused');
    expect(textOf(response)).toContain('undefined-undefined');
    expect(response.rendering?.refused[other.host]).toBeGreaterThanOrEqual(4);
  });

  it('loads its scripts once for all pages, and no picture, font, counter or style sheet', async () => {
    const body =
      '<link rel=stylesheet href=/s.css><img src=/p.png><script src=/app.js></script><script>fetch("/system/dynclicks.jsp").catch(() => {})</script>';
    site.set('/one.htm', { body });
    site.set('/two.htm', { body });
    site.set('/app.js', {
      body: 'document.write("<h1>建成</h1>")',
      headers: { 'content-type': 'text/javascript' },
    });
    expect(textOf(await show('/one.htm'))).toContain('<h1>建成</h1>');
    expect(textOf(await show('/two.htm'))).toContain('<h1>建成</h1>');
    expect(asked(site)).toEqual(['/one.htm', '/app.js', '/two.htm']);
  });

  it('starts without what the page before has left behind', async () => {
    site.set(
      '/a.htm',
      page(
        'document.body.append(document.cookie + (localStorage.left ?? "nothing")); document.cookie = "left=1"; localStorage.left = "left"',
      ),
    );
    await show('/a.htm');
    expect(textOf(await show('/a.htm'))).toContain('nothing');
    expect(site.requests.at(-1)?.headers.cookie).toBeUndefined();
  });

  it('may send the reader on, within what is allowed', async () => {
    site.set('/old.htm', page('location.replace("/new.htm")'));
    site.set('/new.htm', page('document.body.append("新址")'));
    const moved = await show('/old.htm');
    expect([moved.url, textOf(moved).includes('新址')]).toEqual([site.url('/new.htm'), true]);
    site.set('/away.htm', page(`location.replace("${other.url('/x')}")`));
    expect((await show('/away.htm')).rendering?.refused).toEqual({ [other.host]: 1 });
    expect(other.requests).toEqual([]);
  });

  it('that goes on changing is taken as it stands; one that waits for a part is not', async () => {
    // Quiet for longer than a busy machine takes to tell of a request that has begun.
    const quick = openFor({ page: { settleMs: 2000, quietMs: 1000 } });
    site.set('/clock.htm', page('setInterval(() => { p.textContent = Date.now(); }, 20)'));
    expect((await show('/clock.htm', quick)).rendering?.settled).toBe(false);
    site.set('/never?token=SECRET', { hang: 'silent' });
    site.set('/waits.htm?token=SECRET', page('fetch("/never?token=SECRET").then(() => {})'));
    const waiting = show('/waits.htm?token=SECRET', quick);
    await expect(waiting).rejects.toThrow(/still waits for 1 of its parts after 2 s/);
    await expect(waiting).rejects.not.toThrow(/SECRET/);
    await quick.close();
  });

  it('whose script never ends is given up', async () => {
    const hasty = openFor({ page: { loadMs: 500 } });
    site.set('/loop.htm', page('for (;;) {}'));
    await expect(show('/loop.htm', hasty)).rejects.toThrow(/was not shown in time/);
    await hasty.close();
  });

  it('with a part that the server could not give is not taken for complete', async () => {
    site.set('/api?token=SECRET', { status: 502 });
    site.set('/a.htm', page('fetch("/api?token=SECRET").catch(() => {})'));
    await expect(show('/a.htm')).rejects.toThrow(
      `a part of the page did not come: ${site.host}/api, status 502`,
    );
  });

  it('that is none is handed on as it came', async () => {
    site.set('/f.pdf', { body: '%PDF', headers: { 'content-type': 'application/pdf' } });
    site.set('/gone.htm', { status: 404, body: 'x' });
    expect(textOf(await show('/f.pdf'))).toBe('%PDF');
    expect((await show('/gone.htm')).status).toBe(404);
  });

  it('that kills the browser is tried once more, then failed; the next page gets a new browser', async () => {
    const own = openFor({ pool: { heapMb: 40 } });
    const hungry = 'const kept = []; for (;;) kept.push(new Array(4e6).fill(kept.length + 0.5));';
    site.set('/hungry.htm', page(`setTimeout(() => { ${hungry} }, 10)`));
    await expect(show('/hungry.htm', own)).rejects.toThrow(/ended the browser twice/);
    site.set('/ok.htm', page('p.textContent = "后"'));
    expect(textOf(await show('/ok.htm', own))).toContain('后');
    await own.close();
  });

  it('ends with the run', async () => {
    site.set('/never', { hang: 'silent' });
    const stop = new AbortController();
    site.set('/waits.htm', page('fetch("/never")'));
    const showing = egress.fetch({
      url: site.url('/waits.htm'),
      allowance: allowance(),
      rendered: true,
      signal: stop.signal,
    });
    site.set('/never', () => {
      stop.abort(new Error('stopped by hand'));
      return { hang: 'silent' };
    });
    await expect(showing).rejects.toThrow('stopped by hand');
  });
});

describe('without a browser', () => {
  it('says what to install, and fetches everything else', async () => {
    site = await SiteServer.start({ '/a.htm': { body: '<p>x</p>' } });
    const none = openFor({ browser: { named: '/no/such/browser', path: '' } });
    await expect(show('/a.htm', none)).rejects.toMatchObject({
      code: 'retry-later',
      message: 'there is no browser at /no/such/browser (GUANLAN_CHROMIUM)',
    });
    expect((await none.fetch({ url: site.url('/a.htm'), allowance: allowance() })).status).toBe(200);
    await none.close();
    await site.close();
  });
});
