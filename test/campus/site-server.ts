import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { SiteName } from './content/article.ts';

export interface SiteAnswer {
  status: number;
  contentType: string;
  body: Buffer;
  /** Null where a real server sends none: errors and pages made on the fly. */
  lastModified: Date | null;
  headers?: Record<string, string>;
}

/** Null leaves the request without an answer until the server closes. */
export type AnswerPage = (path: string, query: URLSearchParams) => SiteAnswer | null;

export type CampusServerName = SiteName | 'weibo' | 'wechat' | 'feeds';

export interface CampusRequest {
  site: CampusServerName;
  method: string;
  /** Path with query. */
  path: string;
  /** 0 for one that was left hanging. */
  status: number;
  userAgent: string;
}

export interface SiteServer {
  /** Without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

export function htmlAnswer(html: string | Buffer, lastModified: Date | null, status = 200): SiteAnswer {
  // No charset here, as on many a school's server: what the bytes are must be found out.
  return { status, contentType: 'text/html', body: Buffer.from(html), lastModified };
}

export function notFoundAnswer(): SiteAnswer {
  const page = '<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>';
  return htmlAnswer(page, null, 404);
}

function isUnchanged(request: IncomingMessage, etag: string, lastModified: Date | null): boolean {
  const known = request.headers['if-none-match'];
  if (known !== undefined) return known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return lastModified !== null && Math.floor(lastModified.getTime() / 1000) * 1000 <= since;
}

/** Sends an answer with its validators, or 304 without a body; returns the status sent. */
function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: SiteAnswer): number {
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.status === 200) {
    const etag = `"${createHash('sha256').update(answer.body).digest('hex').slice(0, 20)}"`;
    response.setHeader('ETag', etag);
    if (answer.lastModified !== null) response.setHeader('Last-Modified', answer.lastModified.toUTCString());
    if (isUnchanged(request, etag, answer.lastModified)) {
      response.writeHead(304).end();
      return 304;
    }
  }
  response.writeHead(answer.status, {
    'Content-Type': answer.contentType,
    'Content-Length': answer.body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
  return answer.status;
}

/** Serves one site on the loopback address; port 0 takes a free one. Rejects when the port is taken. */
export async function openSiteServer(
  site: SiteName,
  port: number,
  wiring: { answer: AnswerPage; record: (request: CampusRequest) => void },
): Promise<SiteServer> {
  const server = createServer((request, response) => {
    const method = request.method ?? 'GET';
    const userAgent = request.headers['user-agent'] ?? '';
    const path = request.url ?? '/';
    const finish = (status: number) => wiring.record({ site, method, path, status, userAgent });
    if (method !== 'GET' && method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return finish(405);
    }
    const base = 'http://127.0.0.1';
    const url = URL.canParse(path, base) ? new URL(path, base) : null;
    const answer = url === null ? notFoundAnswer() : wiring.answer(url.pathname, url.searchParams);
    finish(answer === null ? 0 : sendAnswer(request, response, answer));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
