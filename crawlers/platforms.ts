import type { EgressAllowance } from '../pipeline/ports/egress.ts';
import type { Platforms } from './source.ts';

/** The address to ask instead of an official one; the same where nothing stands in for its platform. */
export function platformAddress(url: string, platforms: Platforms | undefined): string {
  const official = new URL(url);
  const standIn = platforms?.get(official.origin);
  return standIn === undefined ? url : `${standIn}${official.pathname}${official.search}`;
}

/** What may be asked for where a platform is simulated: the same paths, at the stand-in and nowhere else. */
export function platformAllowance(
  allowance: EgressAllowance,
  platforms: Platforms | undefined,
): EgressAllowance {
  if (platforms === undefined || platforms.size === 0) return allowance;
  const standInFor = (host: string) => platforms.get(`https://${host}`) ?? platforms.get(`http://${host}`);
  const isSimulated = allowance.hosts.some(({ host }) => standInFor(host) !== undefined);
  if (!isSimulated) return allowance;
  const hosts = allowance.hosts.map(({ host, paths }) => {
    const standIn = standInFor(host);
    return { host: standIn === undefined ? host : new URL(standIn).host, paths };
  });
  return { ...allowance, hosts, privateAddress: true };
}
