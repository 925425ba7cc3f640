import { createServer, type IncomingMessage } from 'node:http';
import type { CampusRequest, CampusServerName } from './site-server.ts';

export interface PlatformRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
  /** The same as it came: of files. */
  raw: Buffer;
  /** Its own address, without a slash at the end. */
  url: string;
}

export interface PlatformAnswer {
  status: number;
  headers?: Record<string, string>;
  body: string | Buffer;
}

/** `hung` leaves the request without an answer until the server closes. */
export type AnswerRequest = (request: PlatformRequest) => PlatformAnswer | 'hung';

export interface PlatformServer {
  /** Without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

export function jsonAnswer(body: unknown, status = 200): PlatformAnswer {
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  return { status, headers, body: JSON.stringify(body) };
}

export function pageAnswer(html: string, status = 200): PlatformAnswer {
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: html };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Serves a platform on the loopback address; port 0 takes a free one. Rejects when the port is taken. */
export async function openPlatformServer(
  site: CampusServerName,
  port: number,
  wiring: { answer: AnswerRequest; record: (request: CampusRequest) => void },
): Promise<PlatformServer> {
  let url = '';
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const method = request.method ?? 'GET';
    const finish = (status: number) =>
      wiring.record({ site, method, path, status, userAgent: request.headers['user-agent'] ?? '' });
    const asked = URL.canParse(path, url) ? new URL(path, url) : new URL(url);
    try {
      const raw = await readBody(request);
      const answer = wiring.answer({
        method,
        path: asked.pathname,
        query: asked.searchParams,
        headers: request.headers,
        body: raw.toString('utf8'),
        raw,
        url,
      });
      if (answer === 'hung') return finish(0);
      response.writeHead(answer.status, answer.headers).end(answer.body);
      finish(answer.status);
    } catch (error) {
      response.writeHead(500).end(String(error));
      finish(500);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
