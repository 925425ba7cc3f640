import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Permanent } from '../pipeline/domain/errors.ts';
import type { KeyRing } from '../pipeline/domain/key-ring.ts';
import { type Connections, readConnections } from './connections.ts';
import type { Env } from './env.ts';
import { createFirstKey, type KeySort } from './first-key.ts';
import { openKeyRing, type RingPurpose } from './key-ring.ts';
import { readKeysFolder, unreadableKey, unusableKeysFolder } from './keys-folder.ts';
import { type FetchProxy, readProxy } from './proxy.ts';
import { openSealKeys, type SealKeyFolder } from './seal-keys.ts';
import { readSignInSecrets, type SignInSecrets } from './sign-in.ts';

/** Ed25519 keys that sign the anchors of the audit chains; older keys stay, to verify what they signed. */
export interface Keys {
  readonly anchor: { readonly kid: string; readonly privateKey: KeyObject };
  readonly anchorPublicKeys: ReadonlyMap<string, KeyObject>;
}

/** A type of its own, so that it is never logged with the configuration. */
export interface Secrets extends Keys {
  /** Null in the embedded set-up. */
  readonly connections: Connections | null;
  /** Null where fetching goes straight out. */
  readonly proxy: FetchProxy | null;
  /** Opens and seals the credentials of the school's accounts. */
  readonly connectorKeys: KeyRing;
  /** Digests who objected, and nothing else (R13). */
  readonly objectionKeys: KeyRing;
  /** Seals where an answer to somebody outside goes (R13). */
  readonly contactKeys: KeyRing;
  /** Seals the secrets of second factors. */
  readonly totpKeys: KeyRing;
  /** Ed25519: seal what was approved for publication, and nothing else. */
  readonly sealKeys: SealKeyFolder;
  readonly signIn: SignInSecrets;
}

const anchorKeys: KeySort = {
  claim: '.first-key',
  fileOf: (kid) => `anchor-${kid}.pem`,
  makeText: () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  },
};
const anchorFile = /^anchor-([0-9]{8}T[0-9]{6}Z)\.pem$/;

function listAnchorKeys(keysDir: string): { kid: string; path: string }[] {
  return readKeysFolder(keysDir)
    .flatMap((name) => {
      const kid = anchorFile.exec(name)?.[1];
      return kid === undefined ? [] : [{ kid, path: join(keysDir, name) }];
    })
    .sort((a, b) => a.kid.localeCompare(b.kid));
}

/** Whether loading the keys would find one. @throws Permanent as loading would */
export function hasKeys(keysDir: string): boolean {
  return listAnchorKeys(keysDir).length > 0;
}

function makeFirstKey(keysDir: string, now: string): void {
  try {
    mkdirSync(keysDir, { recursive: true, mode: 0o700 });
    createFirstKey(keysDir, anchorKeys, { now, hasKey: () => hasKeys(keysDir) });
  } catch (error) {
    throw error instanceof Permanent ? error : unusableKeysFolder(keysDir, error);
  }
}

/**
 * Reads the keys, making the first one on a fresh machine unless `create` is false. They lie outside the database and its backups.
 * @param now ISO UTC, names a new key
 * @throws Permanent when a key file cannot be read as a key, or the folder cannot be used
 */
export function loadKeys(keysDir: string, now: string, create = true): Keys {
  if (create) {
    makeFirstKey(keysDir, now);
  } else if (!hasKeys(keysDir)) {
    throw new Permanent(
      `There is no key in ${keysDir}. Set GUANLAN_KEYS to the folder of this office's keys.`,
    );
  }
  const keys = listAnchorKeys(keysDir).map(({ kid, path }) => {
    try {
      return { kid, privateKey: createPrivateKey(readFileSync(path)) };
    } catch (error) {
      throw unreadableKey(path, error);
    }
  });
  const newest = keys.at(-1);
  if (newest === undefined) throw new Permanent(`No anchor key in ${keysDir}.`);
  return {
    anchor: newest,
    anchorPublicKeys: new Map(keys.map(({ kid, privateKey }) => [kid, createPublicKey(privateKey)])),
  };
}

/** @throws Permanent (keys), InvalidInput (addresses of servers) */
export function loadSecrets(
  keysDir: string,
  env: Env,
  { now, create = true }: { now: string; create?: boolean },
): Secrets {
  const connections = readConnections(env);
  const ring = (purpose: RingPurpose) => openKeyRing(keysDir, purpose, () => new Date().toISOString());
  return {
    ...loadKeys(keysDir, now, create),
    connections,
    proxy: readProxy(env),
    connectorKeys: ring('connector'),
    objectionKeys: ring('objection'),
    contactKeys: ring('contact'),
    totpKeys: ring('totp'),
    sealKeys: openSealKeys(keysDir, () => new Date().toISOString()),
    signIn: readSignInSecrets(env),
  };
}
