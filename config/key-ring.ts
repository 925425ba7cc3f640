import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Conflict, Permanent } from '../pipeline/domain/errors.ts';
import type { KeyRing, NamedKey } from '../pipeline/domain/key-ring.ts';
import { createFirstKey, type KeySort, kidOf } from './first-key.ts';
import { readKeysFolder, unreadableKey, unusableKeysFolder } from './keys-folder.ts';

const keyBytes = 32;

/**
 * `connector` seals what the school's accounts are let in with; `objection` digests who objected, `contact` seals where an answer
 * goes (R13); `totp` seals the secrets of second factors.
 */
export type RingPurpose = 'connector' | 'objection' | 'contact' | 'totp';

/**
 * The folder is read at every call: it holds a handful of files, and what a command beside the service makes is known at once.
 * @param now gives the instant that names a new key
 */
export function openKeyRing(keysDir: string, purpose: RingPurpose, now: () => string): KeyRing {
  const fileOf = (kid: string) => `${purpose}-${kid}.key`;
  const isKeyFile = new RegExp(`^${purpose}-([0-9]{8}T[0-9]{6}Z)[.]key$`);
  const kids = () =>
    readKeysFolder(keysDir)
      .flatMap((name) => isKeyFile.exec(name)?.[1] ?? [])
      .sort();
  const sort: KeySort = { claim: `.first-${purpose}-key`, fileOf, makeText };
  const read = (kid: string): NamedKey => ({ kid, bytes: readKey(join(keysDir, fileOf(kid))) });
  const make = (write: () => void) => {
    try {
      mkdirSync(keysDir, { recursive: true, mode: 0o700 });
      write();
    } catch (error) {
      throw error instanceof Permanent || error instanceof Conflict
        ? error
        : unusableKeysFolder(keysDir, error);
    }
  };
  return {
    newest: () => {
      if (kids().length === 0)
        make(() => createFirstKey(keysDir, sort, { now: now(), hasKey: () => kids().length > 0 }));
      const kid = kids().at(-1);
      if (kid === undefined) throw new Permanent(`No key ${fileOf('…')} could be made in ${keysDir}.`);
      return read(kid);
    },
    find: (kid) => (kids().includes(kid) ? read(kid) : null),
    kids,
    add: () => {
      const kid = kidOf(now());
      const last = kids().at(-1);
      if (last !== undefined && last >= kid)
        throw new Conflict(`The key ${fileOf(last)} is as new as this one would be: wait a second.`);
      make(() =>
        writeFileSync(join(keysDir, fileOf(kid)), `${kid}\n${makeText()}`, { mode: 0o600, flag: 'wx' }),
      );
      return read(kid);
    },
    fileOf,
  };
}

function makeText(): string {
  return `${randomBytes(keyBytes).toString('base64url')}\n`;
}

/** Its own name in the first line, the key in the second. */
function readKey(path: string): Uint8Array {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadableKey(path, error);
  }
  const bytes = Buffer.from(text.split('\n')[1] ?? '', 'base64url');
  if (bytes.length !== keyBytes) throw unreadableKey(path, 'it holds no key of 32 bytes');
  return bytes;
}
