import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector, Pool } from 'undici';
import { GuanlanError } from '../../pipeline/domain/errors.ts';
import type { EgressProxy } from '../../pipeline/ports/egress.ts';
import { describeNetworkFailure, NetworkFailure } from './network-failure.ts';

const schemePorts: Record<string, string> = { 'http:': '80', 'https:': '443' };

/** The first of the judged addresses, as the proxy is told it. @throws what the lookup refuses */
function judge(hostname: string, lookup: LookupFunction): Promise<string> {
  const literal = hostname.replace(/^\[|\]$/g, '');
  // Judged before the connection was asked for: no resolver has a say in it.
  if (isIP(literal) !== 0) return Promise.resolve(literal);
  return new Promise((resolve, reject) => {
    const onFound = (error: Error | null, found: string | LookupAddress[]) => {
      if (error !== null) reject(error);
      else resolve(typeof found === 'string' ? found : (found[0]?.address ?? ''));
    };
    lookup(hostname, { all: true }, onFound);
  });
}

function refusalOf(host: string, status: number): NetworkFailure {
  const why =
    status === 407
      ? 'the proxy wants another user name or password (see GUANLAN_PROXY)'
      : `the proxy refuses a connection there (status ${status}): it must allow CONNECT to addresses, at the site's port`;
  return new NetworkFailure(host, why, null);
}

export interface ProxyTunnel {
  connect: buildConnector.connector;
  close(): Promise<void>;
}

/**
 * Connections through a proxy. The host's addresses are resolved and judged here, and the proxy is asked for a judged ADDRESS, so
 * that its own resolver has no say in where a connection ends. Plain http goes through a tunnel too.
 */
export function openProxyTunnel(
  proxy: EgressProxy,
  { lookup, connectMs }: { lookup: LookupFunction; connectMs: number },
): ProxyTunnel {
  // Each tunnel takes a connection to the proxy for itself.
  const pool = new Pool(proxy.origin, { connect: { timeout: connectMs } });
  const secure = buildConnector({ timeout: connectMs });
  const headers = proxy.authorization === null ? {} : { 'proxy-authorization': proxy.authorization };

  async function openTunnel({ hostname, protocol, port }: buildConnector.Options): Promise<Socket> {
    const address = await judge(hostname, lookup);
    const target = `${isIP(address) === 6 ? `[${address}]` : address}:${port || schemePorts[protocol]}`;
    const signal = AbortSignal.timeout(connectMs);
    const asked = pool.connect({ path: target, headers: { ...headers, host: target }, signal });
    const { socket, statusCode } = await asked.catch((error: unknown) => {
      const reason = signal.aborted
        ? `no answer within ${connectMs / 1000} s`
        : describeNetworkFailure(hostname, error).reason;
      throw new NetworkFailure(hostname, `the proxy (GUANLAN_PROXY) cannot be used: ${reason}`, null);
    });
    if (statusCode === 200) return socket as Socket;
    socket.on('error', () => {}).destroy();
    throw refusalOf(hostname, statusCode);
  }

  return {
    connect: (options, callback) => {
      openTunnel(options).then(
        (socket) => {
          if (options.protocol !== 'https:') callback(null, socket);
          else secure({ ...options, httpSocket: socket }, callback);
        },
        (error: unknown) => {
          const isTold = error instanceof GuanlanError || error instanceof NetworkFailure;
          callback(isTold ? error : describeNetworkFailure(options.hostname, error), null);
        },
      );
    },
    close: () => pool.destroy(),
  };
}
