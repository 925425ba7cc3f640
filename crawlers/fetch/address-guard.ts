import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { NotPermitted } from '../../pipeline/domain/errors.ts';

interface ResolvedAddress {
  address: string;
  family: 4 | 6;
}
/** All addresses of a host name. @throws with a DNS error code */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

export const resolveBySystem: Resolve = async (hostname) => {
  const found = await systemLookup(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/** What a school's own network may look like; reached only where a channel says so. */
const privateRanges = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);

/** Metadata services of cloud machines that do not stand in the link-local range. Never fetched. */
const metadataAddresses = new Set(['100.100.100.200', '168.63.129.16', '192.0.0.192', 'fd00:ec2::254']);

const nat64: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96];

/** The address that a connection would end at: the IPv4 one inside a mapped or NAT64 address (RFC 6052). */
function unwrapped(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (!ipaddr.isValid(text)) return null;
  const address = ipaddr.process(text);
  return address instanceof ipaddr.IPv6 && address.match(nat64)
    ? new ipaddr.IPv4(address.toByteArray().slice(12))
    : address;
}

const globalUnicastIpv6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/**
 * May this address be connected to? Public unicast only, or also private and loopback when allowed; link-local, metadata,
 * multicast, unspecified, tunnelled (6to4, Teredo) and reserved ones never. Mapped and NAT64 forms are judged by the
 * IPv4 address inside.
 */
export function isAddressAllowed(text: string, allowPrivate: boolean): boolean {
  const address = unwrapped(text);
  if (address === null || metadataAddresses.has(address.toString())) return false;
  const range = address.range();
  if (allowPrivate && privateRanges.has(range)) return true;
  if (range !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(globalUnicastIpv6);
}

/**
 * For a host written as an address: a connection to it asks no resolver, so it is judged here. WHATWG URLs have already
 * turned odd notations (octal, hexadecimal, one number) into the plain one.
 * @throws NotPermitted
 */
export function assertLiteralHostAllowed(hostname: string, allowPrivate: boolean): void {
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !isAddressAllowed(literal, allowPrivate)) {
    throw refusal(hostname, [literal], allowPrivate);
  }
}

function refusal(hostname: string, addresses: readonly string[], allowPrivate: boolean): NotPermitted {
  if (addresses.length === 0) return new NotPermitted(`host ${hostname} has no address`);
  const hint = allowPrivate
    ? 'such addresses are never fetched'
    : 'refused unless the channel sets privateAddress';
  return new NotPermitted(
    `host ${hostname} stands at a private or reserved address (${addresses.join(', ')}); ${hint}`,
  );
}

/**
 * A lookup for sockets that resolves once, judges ALL addresses and hands over only judged ones: the socket connects to
 * what was judged, so that a second answer of the resolver (rebinding) has no effect.
 */
export function buildGuardedLookup(resolve: Resolve, allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const judged = addresses.map(({ address }) => address);
        const refused = judged.filter((address) => !isAddressAllowed(address, allowPrivate));
        const first = addresses[0];
        if (refused.length > 0 || first === undefined)
          callback(refusal(hostname, refused, allowPrivate), '', 4);
        else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 4),
    );
  };
}
