import { type KeyObject, sign, verify } from 'node:crypto';
import type { Anchor } from '../domain/audit.ts';

/** Ed25519 with the key that lies outside the database. */
export function signAnchor(
  key: { kid: string; privateKey: KeyObject },
  bytes: Uint8Array,
): Pick<Anchor, 'kid' | 'signature'> {
  return { kid: key.kid, signature: sign(null, bytes, key.privateKey).toString('base64url') };
}

/** False for an unknown key too: who made it up cannot have signed it. */
export function verifyAnchor(
  keys: ReadonlyMap<string, KeyObject>,
  bytes: Uint8Array,
  anchor: Anchor,
): boolean {
  const key = keys.get(anchor.kid);
  return key !== undefined && verify(null, bytes, key, Buffer.from(anchor.signature, 'base64url'));
}
