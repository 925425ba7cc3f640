import { isIPv6 } from 'node:net';

/**
 * What requests are counted by: an IPv4 address as it is; of an IPv6 address the first 64 bits, because whoever has one has all
 * that begin so, and could come from another each time.
 */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '').toLowerCase();
  const mapped = /^(?:0{0,4}:){2,5}ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!isIPv6(bare)) return address;
  const [head = '', tail] = bare.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  // A tail that ends like an IPv4 address stands for two groups.
  const taken = before.length + after.length + (bare.includes('.') ? 1 : 0);
  const zeros = Array.from({ length: Math.max(0, 8 - taken) }, () => '0');
  const whole = tail === undefined ? before : [...before, ...zeros, ...after];
  const network = whole.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
