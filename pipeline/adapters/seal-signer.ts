import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { Permanent } from '../domain/errors.ts';
import type { SealHands } from '../domain/seal.ts';

/** The keys that seal, as the folder holds them. */
export interface SealKeys {
  /** Makes the first one when there is none. */
  newest(): { kid: string; privateKey: KeyObject };
  /** Null when it is not in the folder. */
  findPublic(kid: string): KeyObject | null;
}

/** Ed25519 with keys that lie outside the database. */
export function buildSealHands(keys: SealKeys): SealHands {
  return {
    sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
    sign: (text) => {
      const { kid, privateKey } = keys.newest();
      return { kid, signature: sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url') };
    },
    verify: (text, { kid, signature }) => {
      const key = keys.findPublic(kid);
      if (key === null) return 'unknown-key';
      const isValid = verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'));
      return isValid ? 'valid' : 'invalid';
    },
  };
}

/** For whoever has the public key alone: any `kid` is taken for that key's. */
export function buildOfflineHands(publicKey: KeyObject): Pick<SealHands, 'sha256' | 'verify'> {
  const keys: SealKeys = {
    newest: () => {
      throw new Permanent('A public key cannot sign.');
    },
    findPublic: () => publicKey,
  };
  return buildSealHands(keys);
}
