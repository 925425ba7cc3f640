import { NotPermitted } from '../../pipeline/domain/errors.ts';
import type { EgressAllowance } from '../../pipeline/ports/egress.ts';

const schemePorts: Record<string, string> = { 'http:': '80', 'https:': '443' };

/**
 * The path as a lenient server may read it: escapes undone (twice at most), backslashes as slashes, dot segments
 * resolved. Comparing this form as well keeps `/open/..%2fclosed` from passing as `/open/…`.
 */
function laxPath(pathname: string): string {
  let path = pathname;
  for (let round = 0; round < 2; round++) {
    try {
      path = decodeURIComponent(path);
    } catch {
      break;
    }
  }
  const kept: string[] = [];
  for (const segment of path.replaceAll('\\', '/').split('/').slice(1)) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  return `/${kept.join('/')}`;
}

function isAllowedHost(url: URL, host: string): boolean {
  const wanted = host.toLowerCase();
  return wanted === url.host || wanted === `${url.hostname}:${schemePorts[url.protocol] ?? ''}`;
}

/** Is this host, with its port, one of the channel's own? Paths are not looked at. */
export function isHostAllowed(url: URL, allowance: Pick<EgressAllowance, 'hosts'>): boolean {
  return url.protocol in schemePorts && allowance.hosts.some(({ host }) => isAllowedHost(url, host));
}

/** A prefix may be written with or without escapes. */
function hasPrefix(url: URL, lax: string, prefix: string): boolean {
  const written = new URL(`http://prefix${prefix}`).pathname;
  return url.pathname.startsWith(written) && lax.startsWith(laxPath(written));
}

/**
 * Only http and https, no user name or password, an allowed host (with port) and one of that host's path prefixes.
 * A prefix is compared as text: `/info` admits `/info/1.htm` and `/info.htm`; write `/info/` for the folder alone.
 */
export function isUrlAllowed(url: URL, allowance: Pick<EgressAllowance, 'hosts'>): boolean {
  if (url.username !== '' || url.password !== '' || !(url.protocol in schemePorts)) return false;
  const lax = laxPath(url.pathname);
  return allowance.hosts.some(
    ({ host, paths }) => isAllowedHost(url, host) && paths.some((path) => hasPrefix(url, lax, path)),
  );
}

/** @throws NotPermitted that says which part of the address is not allowed */
export function assertUrlAllowed(url: URL, allowance: Pick<EgressAllowance, 'hosts'>): void {
  if (!(url.protocol in schemePorts)) {
    throw new NotPermitted(`${url.protocol}//… is refused: only http and https are fetched`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new NotPermitted(`an address with a user name or password is refused (host ${url.host})`);
  }
  if (!isHostAllowed(url, allowance)) {
    throw new NotPermitted(`host ${url.host} is not on the channel's allow-list`);
  }
  if (!isUrlAllowed(url, allowance)) {
    throw new NotPermitted(`path ${url.pathname} of ${url.host} is not on the channel's allow-list`);
  }
}
