import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { NamedKey } from '../domain/key-ring.ts';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** What a seal is bound to: moved to another place, it does not open. Begins with what it is for. */
export type SealedPlace = readonly (string | number)[];

const boundTo = (place: SealedPlace) => Buffer.from(JSON.stringify(place));

/** AES-256-GCM: initialisation vector, tag, then what is sealed. */
export function sealSecret(key: NamedKey, place: SealedPlace, secret: string): Uint8Array {
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, key.bytes, iv, { authTagLength: tagBytes }).setAAD(boundTo(place));
  const body = Buffer.concat([sealing.update(secret, 'utf8'), sealing.final()]);
  return new Uint8Array(Buffer.concat([iv, sealing.getAuthTag(), body]));
}

/** Null for bytes that this key has not sealed for this place. */
export function openSecret(key: NamedKey, place: SealedPlace, sealed: Uint8Array): string | null {
  const iv = sealed.subarray(0, ivBytes);
  const tag = sealed.subarray(ivBytes, ivBytes + tagBytes);
  try {
    const opening = createDecipheriv(cipher, key.bytes, iv, { authTagLength: tagBytes })
      .setAAD(boundTo(place))
      .setAuthTag(tag);
    const body = opening.update(sealed.subarray(ivBytes + tagBytes));
    return Buffer.concat([body, opening.final()]).toString('utf8');
  } catch {
    return null;
  }
}
