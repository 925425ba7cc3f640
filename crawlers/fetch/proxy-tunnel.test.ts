import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Egress, EgressAllowance } from '../../pipeline/ports/egress.ts';
import { SiteServer } from '../../test/harness/site-server.ts';
import type { Resolve } from './address-guard.ts';
import { openEgress } from './egress.ts';

/** A proxy that connects where it is told to, or answers with a status; `heard` is what came through to a host that never answers. */
class TestProxy {
  readonly asked: { target: string; authorization: string | undefined }[] = [];
  status = 200;
  isDeaf = false;
  heard = Buffer.alloc(0);
  readonly #server: Server = createServer();

  async start(): Promise<string> {
    this.#server.on('connect', (request, client) => {
      const target = request.url ?? '';
      this.asked.push({ target, authorization: request.headers['proxy-authorization'] });
      client.on('error', () => {});
      if (this.status !== 200) return client.end(`HTTP/1.1 ${this.status} No\r\n\r\n`);
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      if (this.isDeaf) {
        client.on('data', (bytes) => {
          this.heard = Buffer.concat([this.heard, bytes]);
          client.destroy();
        });
        return client;
      }
      const [host = '', port = ''] = target.split(':');
      const upstream = connect(Number(port), host);
      upstream.on('error', () => client.destroy());
      client.on('close', () => upstream.destroy());
      return client.pipe(upstream).pipe(client);
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let site: SiteServer;
let proxy: TestProxy;
let origin: string;
const open: Egress[] = [];
const name = 'www.canglan.example';
const resolve: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];

beforeEach(async () => {
  site = await SiteServer.start({ '*': ({ method, body }) => ({ body: `${method} ${body}` }) });
  proxy = new TestProxy();
  origin = await proxy.start();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((egress) => egress.close()));
  await Promise.all([site.close(), proxy.close()]);
});

function egressBehind(authorization: string | null = null): Egress {
  const egress = openEgress({
    clock: { now: () => '2026-03-05T06:00:00.000Z' },
    proxy: { origin, authorization },
    resolve,
    limits: { connectMs: 2000, totalMs: 4000 },
  });
  open.push(egress);
  return egress;
}
const allowance = (host: string, change: Partial<EgressAllowance> = {}): EgressAllowance => ({
  hosts: [{ host, paths: ['/'] }],
  privateAddress: true,
  requestsPerMinute: 60_000,
  ...change,
});
const get = (url: string, change: Partial<EgressAllowance> = {}, egress = egressBehind()) =>
  egress.fetch({ url, allowance: allowance(new URL(url).host, change) });

describe('behind a proxy', () => {
  it('everything goes through it, robots.txt and posts too, by the address that was judged', async () => {
    const url = `http://${name}:${site.port}/a.htm`;
    const egress = egressBehind('Basic c2VjcmV0');
    expect(Buffer.from((await get(url, {}, egress)).body).toString()).toBe('GET ');
    const request = { url, allowance: allowance(`${name}:${site.port}`), method: 'POST', body: 'x' } as const;
    expect(Buffer.from((await egress.fetch(request)).body).toString()).toBe('POST x');
    expect(site.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/a.htm', '/a.htm']);
    expect(site.requests[1]?.headers.host).toBe(`${name}:${site.port}`);
    expect(JSON.stringify(site.requests)).not.toContain('c2VjcmV0');
    const target = `127.0.0.1:${site.port}`;
    expect(new Set(proxy.asked.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ target, authorization: 'Basic c2VjcmV0' })]),
    );
  });

  it('an address that may not be reached is refused before the proxy is asked', async () => {
    await expect(get(`http://${name}/`, { privateAddress: false })).rejects.toThrow(/private or reserved/);
    await expect(get('http://169.254.169.254/')).rejects.toThrow(/private or reserved/);
    expect(proxy.asked).toEqual([]);
  });

  it('https is spoken with the site itself, by its name', async () => {
    proxy.isDeaf = true;
    await expect(get(`https://${name}/`)).rejects.toThrow(/robots\.txt/);
    expect(proxy.asked[0]?.target).toBe('127.0.0.1:443');
    // A TLS handshake (22) that names the server.
    expect([proxy.heard[0], proxy.heard.includes(name)]).toEqual([22, true]);
  });

  it.each([
    [403, /must allow CONNECT to addresses/],
    [407, /another user name or password \(see GUANLAN_PROXY\)/],
  ])('that answers %i is named', async (status, why) => {
    proxy.status = status;
    const asking = get(`http://${name}/x?token=SECRET`, {}, egressBehind('Basic c2VjcmV0'));
    await expect(asking).rejects.toThrow(why);
    await expect(asking).rejects.not.toThrow(/SECRET|c2VjcmV0/);
  });

  it('that is gone is named too, and nothing goes past it', async () => {
    const egress = egressBehind();
    await proxy.close();
    await expect(get(site.url('/a.htm'), {}, egress)).rejects.toThrow(
      /the proxy \(GUANLAN_PROXY\) cannot be used/,
    );
    expect(site.requests).toEqual([]);
    await proxy.start();
  });
});
