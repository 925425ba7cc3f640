import { readdirSync } from 'node:fs';
import { Permanent } from '../pipeline/domain/errors.ts';

/** The names in the folder of keys; none when it is not there yet. @throws Permanent when it is no folder, or closed to this process */
export function readKeysFolder(keysDir: string): string[] {
  try {
    return readdirSync(keysDir);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw unusableKeysFolder(keysDir, error);
  }
}

export function unusableKeysFolder(keysDir: string, error: unknown): Permanent {
  const reason = error instanceof Error ? error.message : String(error);
  return new Permanent(
    `The folder of keys ${keysDir} cannot be used (${reason}). Set GUANLAN_KEYS to a folder of this user's.`,
  );
}

/** For a file that is there, but holds no key, or is closed to this process. */
export function unreadableKey(path: string, error: unknown): Permanent {
  const reason = error instanceof Error ? error.message : String(error);
  const isForbidden = error instanceof Error && 'code' in error && error.code === 'EACCES';
  const advice = isForbidden
    ? 'Give it to the user that Guanlan runs as, mode 0600 (GUANLAN_KEYS is the folder).'
    : 'Put the saved copy back.';
  return new Permanent(`The key file ${path} cannot be read: ${reason}. ${advice}`);
}
