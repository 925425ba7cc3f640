import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AppDeps, createApp } from './app.ts';

export interface RunningApi {
  url: string;
  port: number;
  /** Lets running requests end, for a few seconds at most. Twice is harmless. */
  close(): Promise<void>;
}

const closeWithinMs = 5000;

/**
 * Serves the API and the dashboards.
 * @param options `port` 0 takes any free one
 * @throws Error with `code` EADDRINUSE or EACCES when the address can't be had
 */
export async function startApi(deps: AppDeps, options: { host: string; port: number }): Promise<RunningApi> {
  const stopping = new AbortController();
  const app = createApp(deps, stopping.signal);
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000 }, app);
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  let closing: Promise<void> | null = null;
  const stop = async () => {
    const ended = once(server, 'close');
    stopping.abort();
    server.close();
    server.closeIdleConnections();
    const impatient = setTimeout(() => server.closeAllConnections(), closeWithinMs);
    await ended;
    clearTimeout(impatient);
  };
  return {
    url: `http://${host}:${port}`,
    port,
    close: () => {
      closing ??= stop();
      return closing;
    },
  };
}
