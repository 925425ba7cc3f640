import { createHmac, randomInt } from 'node:crypto';
import { Permanent } from '../domain/errors.ts';
import type { KeyRing, NamedKey } from '../domain/key-ring.ts';
import type { Totp } from '../domain/user.ts';
import { openSecret, sealSecret } from './seal-secret.ts';

const recoveryCount = 10;
/** Without letters and digits that are taken for one another; twelve of them are 59 bits. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const placeOf = (userId: string) => ['guanlan: second factor', userId];

/** @throws Permanent when the key that sealed it is not in the folder of keys, or it was tampered with */
export function openTotpSecret(userId: string, { sealed, kid }: Pick<Totp, 'sealed' | 'kid'>, keys: KeyRing) {
  const key = getKey(kid, keys);
  const secret = openSecret(key, placeOf(userId), Buffer.from(sealed, 'base64url'));
  if (secret === null) throw new Permanent(`The second factor of ${userId} does not open with its key.`);
  return secret;
}

export function sealTotpSecret(userId: string, secret: string, keys: KeyRing): Pick<Totp, 'sealed' | 'kid'> {
  const key = keys.newest();
  return {
    kid: key.kid,
    sealed: Buffer.from(sealSecret(key, placeOf(userId), secret)).toString('base64url'),
  };
}

function getKey(kid: string, keys: KeyRing): NamedKey {
  const key = keys.find(kid);
  if (key === null) throw new Permanent(`The key file ${keys.fileOf(kid)} is not in the folder of keys.`);
  return key;
}

/** Shown once; what is stored is a digest with a key that lies outside the database. */
export function makeRecoveryCodes(): string[] {
  const letter = () => alphabet[randomInt(alphabet.length)];
  const group = () => Array.from({ length: 4 }, letter).join('');
  return Array.from({ length: recoveryCount }, () => `${group()}-${group()}-${group()}`);
}

/** As it may be typed: small letters, without its hyphens, with blanks. */
export function digestRecoveryCode(userId: string, typed: string, kid: string, keys: KeyRing): string {
  const code = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const material = JSON.stringify(['guanlan: recovery code', userId, code]);
  return createHmac('sha256', getKey(kid, keys).bytes).update(material).digest('base64url');
}
