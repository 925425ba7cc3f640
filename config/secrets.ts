import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Permanent } from '../pipeline/domain/errors.ts';
import { type Connections, readConnections } from './connections.ts';
import type { Env } from './env.ts';
import { createFirstKey } from './first-key.ts';

/** Ed25519 keys that sign the anchors of the audit chains; older keys stay, to verify what they signed. */
export interface Keys {
  readonly anchor: { readonly kid: string; readonly privateKey: KeyObject };
  readonly anchorPublicKeys: ReadonlyMap<string, KeyObject>;
}

/** A type of its own, so that it is never logged with the configuration. */
export interface Secrets extends Keys {
  /** Null in the embedded set-up. */
  readonly connections: Connections | null;
}

const anchorFile = /^anchor-([0-9]{8}T[0-9]{6}Z)\.pem$/;

/** @throws Permanent when the folder is none, or closed to this process */
function readFolder(keysDir: string): string[] {
  try {
    return readdirSync(keysDir);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw unusable(keysDir, error);
  }
}

function unusable(keysDir: string, error: unknown): Permanent {
  const reason = error instanceof Error ? error.message : String(error);
  return new Permanent(
    `The folder of keys ${keysDir} cannot be used (${reason}). Set GUANLAN_KEYS to a folder of this user's.`,
  );
}

function listAnchorKeys(keysDir: string): { kid: string; path: string }[] {
  return readFolder(keysDir)
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
    createFirstKey(keysDir, now, () => hasKeys(keysDir));
  } catch (error) {
    throw error instanceof Permanent ? error : unusable(keysDir, error);
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
      const reason = error instanceof Error ? error.message : String(error);
      const isForbidden = error instanceof Error && 'code' in error && error.code === 'EACCES';
      const advice = isForbidden
        ? 'Give it to the user that Guanlan runs as, mode 0600 (GUANLAN_KEYS is the folder).'
        : 'Put the saved copy back.';
      throw new Permanent(`The key file ${path} cannot be read: ${reason}. ${advice}`);
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
  return { ...loadKeys(keysDir, now, create), connections };
}
