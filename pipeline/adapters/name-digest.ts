import { createHmac, hkdfSync, type KeyObject } from 'node:crypto';

const purpose = 'guanlan: names in the rate store';

/**
 * Digests that are the same in every process with this key and tell nothing without it: addresses are few enough to be tried
 * out against a plain hash. The key itself is derived, so that signing and this have nothing in common.
 */
export function buildNameDigest(key: KeyObject): (name: string) => string {
  const secret = key.export({ format: 'der', type: 'pkcs8' });
  const derived = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  return (name) => createHmac('sha256', derived).update(name).digest('base64url');
}
