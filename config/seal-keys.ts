import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Conflict, Permanent } from '../pipeline/domain/errors.ts';
import { createFirstKey, type KeySort, kidOf } from './first-key.ts';
import { readKeysFolder, unreadableKey, unusableKeysFolder } from './keys-folder.ts';

/** The Ed25519 keys that seal what was approved: a sort of their own. Older ones stay, to verify what they sealed. */
export interface SealKeyFolder {
  /** Makes the first one when there is none. */
  newest(): { kid: string; privateKey: KeyObject };
  /** Null when it is not in the folder. */
  findPublic(kid: string): KeyObject | null;
  kids(): string[];
  /** A further key, which seals from now on. @throws Conflict within the second of the last */
  add(): { kid: string };
  fileOf(kid: string): string;
}

const fileOf = (kid: string) => `seal-${kid}.pem`;
const sealFile = /^seal-([0-9]{8}T[0-9]{6}Z)[.]pem$/;

function makeText(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

const sort: KeySort = { claim: '.first-seal-key', fileOf, makeText };

/**
 * The folder is read at every call: it holds a handful of files, and what a command beside the service makes is known at once.
 * @param now gives the instant that names a new key
 */
export function openSealKeys(keysDir: string, now: () => string): SealKeyFolder {
  const kids = () =>
    readKeysFolder(keysDir)
      .flatMap((name) => sealFile.exec(name)?.[1] ?? [])
      .sort();
  const read = (kid: string): KeyObject => {
    const path = join(keysDir, fileOf(kid));
    try {
      return createPrivateKey(readFileSync(path));
    } catch (error) {
      throw unreadableKey(path, error);
    }
  };
  const make = (write: () => void) => {
    try {
      mkdirSync(keysDir, { recursive: true, mode: 0o700 });
      write();
    } catch (error) {
      if (error instanceof Permanent || error instanceof Conflict) throw error;
      throw unusableKeysFolder(keysDir, error);
    }
  };
  return {
    newest: () => {
      if (kids().length === 0)
        make(() => createFirstKey(keysDir, sort, { now: now(), hasKey: () => kids().length > 0 }));
      const kid = kids().at(-1);
      if (kid === undefined) throw new Permanent(`No key ${fileOf('…')} could be made in ${keysDir}.`);
      return { kid, privateKey: read(kid) };
    },
    findPublic: (kid) => (kids().includes(kid) ? createPublicKey(read(kid)) : null),
    kids,
    add: () => {
      const kid = kidOf(now());
      const last = kids().at(-1);
      if (last !== undefined && last >= kid)
        throw new Conflict(`The key ${fileOf(last)} is as new as this one would be: wait a second.`);
      make(() =>
        writeFileSync(join(keysDir, fileOf(kid)), `${kid}\n${makeText()}`, { mode: 0o600, flag: 'wx' }),
      );
      return { kid };
    },
    fileOf,
  };
}
