import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleepFor } from 'node:timers/promises';

/** One answer, good or bad. Without a status 200, without headers HTML in UTF-8. */
export interface SiteAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Wait before anything is sent. */
  delayMs?: number;
  /** Never answers, or sends headers and the body and never ends. */
  hang?: 'silent' | 'after-body';
  /** Sends the body a byte at a time. */
  dripEveryMs?: number;
  /** After the body, this many more bytes of filling. */
  fillBytes?: number;
  /** Closes the connection in the middle, after the body was sent. */
  reset?: boolean;
}

export interface SiteRequest {
  /** With query. */
  path: string;
  headers: IncomingHttpHeaders;
  method: string;
  /** Of a POST, in UTF-8. */
  body: string;
}

export type SiteRoute = SiteAnswer | ((request: SiteRequest) => SiteAnswer | Promise<SiteAnswer>);

const mimeTypes: Record<string, string> = {
  '.html': 'text/html',
  '.htm': 'text/html',
  '.xml': 'application/xml',
  '.txt': 'text/plain',
  '.pdf': 'application/pdf',
};

const html = { 'content-type': 'text/html; charset=utf-8' };

async function sendSlowly(response: ServerResponse, body: Uint8Array, everyMs: number): Promise<void> {
  for (const byte of body) {
    if (response.destroyed) return;
    response.write(Uint8Array.of(byte));
    await sleepFor(everyMs);
  }
}

function* filling(bytes: number): Generator<Uint8Array> {
  const block = new Uint8Array(65_536).fill(0x20);
  for (let sent = 0; sent < bytes; sent += block.length) yield block;
}

/** A small real web server on a free port: it answers as told and remembers what it was asked. */
export class SiteServer {
  readonly requests: SiteRequest[] = [];
  readonly #routes: Map<string, SiteRoute>;
  readonly #folder: string | null;
  readonly #server: Server;
  #port = 0;

  private constructor(routes: Record<string, SiteRoute>, folder: string | null) {
    this.#routes = new Map(Object.entries(routes));
    this.#folder = folder;
    this.#server = createServer((request, response) => {
      const { url: path = '/', headers, method = 'GET' } = request;
      const asked: SiteRequest = { path, headers, method, body: '' };
      this.requests.push(asked);
      text(request)
        .then((body) => {
          asked.body = body;
          return this.#answer(asked, response);
        })
        .catch(() => response.destroy());
    });
  }

  /** @param folder its files are served under their own paths where no route matches */
  static async start(
    routes: Record<string, SiteRoute> = {},
    folder: string | null = null,
  ): Promise<SiteServer> {
    const site = new SiteServer(routes, folder);
    await new Promise<void>((resolve) => site.#server.listen(0, '127.0.0.1', resolve));
    site.#port = (site.#server.address() as AddressInfo).port;
    return site;
  }

  get port(): number {
    return this.#port;
  }

  /** With port, as an allow-list names it. */
  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  url(path: string): string {
    return `http://${this.host}${path}`;
  }

  set(path: string, route: SiteRoute): void {
    this.#routes.set(path, route);
  }

  /** How often a path was asked for. */
  count(path: string): number {
    return this.requests.filter((request) => request.path === path).length;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #find(asked: SiteRequest): Promise<SiteAnswer> {
    const route = this.#routes.get(asked.path) ?? this.#routes.get('*');
    if (route !== undefined) return typeof route === 'function' ? route(asked) : route;
    if (this.#folder !== null) {
      const path = normalize(decodeURIComponent(new URL(asked.path, 'http://site').pathname));
      const body = await readFile(join(this.#folder, path)).catch(() => null);
      const type = mimeTypes[extname(path)] ?? 'application/octet-stream';
      // No charset: what the bytes are must be found out, as with a real campus server.
      if (body !== null) return { body, headers: { 'content-type': type } };
    }
    return { status: 404, body: '<html><head><title>404</title></head><body>Not Found</body></html>' };
  }

  async #answer(asked: SiteRequest, response: ServerResponse): Promise<void> {
    const answer = await this.#find(asked);
    if (answer.delayMs !== undefined) await sleepFor(answer.delayMs);
    if (answer.hang === 'silent') return;
    const body =
      typeof answer.body === 'string' ? Buffer.from(answer.body) : (answer.body ?? new Uint8Array());
    response.writeHead(answer.status ?? 200, { ...html, ...answer.headers });
    if (answer.dripEveryMs !== undefined) await sendSlowly(response, body, answer.dripEveryMs);
    else if (body.length > 0) response.write(body);
    if (answer.fillBytes !== undefined) await pipeline(filling(answer.fillBytes), response, { end: false });
    if (answer.hang === 'after-body') return;
    if (answer.reset) {
      await sleepFor(10);
      response.destroy();
    } else response.end();
  }
}
