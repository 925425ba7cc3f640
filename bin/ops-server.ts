import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findSilentParts, takeReadings, type WatchPorts } from '../pipeline/commands/watch-parts.ts';
import { InvalidInput } from '../pipeline/domain/errors.ts';
import type { Metrics } from '../pipeline/ports/metrics.ts';

export interface OpsDeps extends WatchPorts {
  metrics: Metrics;
  /** False until everything that the process is to do has begun. */
  isStarted(): boolean;
}

export interface RunningOps {
  url: string;
  close(): Promise<void>;
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}

async function answerReady(response: ServerResponse, deps: OpsDeps): Promise<void> {
  const silent = await findSilentParts(deps);
  const waitsFor = deps.isStarted() ? silent : [...silent, 'start'];
  answer(response, waitsFor.length === 0 ? 200 : 503, {
    status: waitsFor.length === 0 ? 'ok' : 'not-ready',
    waitsFor,
  });
}

async function answerMetrics(response: ServerResponse, deps: OpsDeps): Promise<void> {
  const { contentType, body } = await deps.metrics.render(await takeReadings(deps));
  response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' });
  response.end(body);
}

type Page = (response: ServerResponse, deps: OpsDeps) => void | Promise<void>;

const pages = new Map<string | undefined, Page>([
  ['/healthz', (response) => answer(response, 200, { status: 'ok' })],
  ['/readyz', answerReady],
  ['/metrics', answerMetrics],
]);

/** @throws InvalidInput that names the setting, since the workbench has a port of its own */
async function listen(server: Server, { port, host }: { host: string; port: number }): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN|EINVAL/.test(reason)) {
      throw new InvalidInput(
        'GUANLAN_OPS_HOST',
        `The address for health and metrics cannot be had (${reason})`,
        'set GUANLAN_OPS_HOST to an address of this machine',
      );
    }
    throw new InvalidInput(
      'GUANLAN_OPS_PORT',
      `The port for health and metrics cannot be had (${reason})`,
      'set GUANLAN_OPS_PORT to another one: each process of a machine needs its own',
    );
  }
}

/**
 * Tells supervisors how this process is, on a port of its own that people do not reach. It holds no text and asks nobody
 * to sign in.
 * @param options `port` 0 takes any free one
 */
export async function startOps(deps: OpsDeps, options: { host: string; port: number }): Promise<RunningOps> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) => {
    const page = pages.get(request.url?.split('?', 1)[0]);
    if (page === undefined) return answer(response, 404, { status: 'not-found' });
    if (request.method !== 'GET') return answer(response, 405, { status: 'method-not-allowed' });
    Promise.resolve(page(response, deps)).catch(() => answer(response, 500, { status: 'failed' }));
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    close: async () => {
      const ended = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
}
