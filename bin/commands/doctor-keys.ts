import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '../../config/config.ts';
import { openKeyRing } from '../../config/key-ring.ts';
import { openSealKeys } from '../../config/seal-keys.ts';
import { hasKeys, loadKeys } from '../../config/secrets.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { nameKeys } from '../first-key-check.ts';
import { type Found, fail, ok, type Result, warn } from './doctor-result.ts';

/** Makes none: says what a start would do, and whether the keys are those that signed what the store holds. */
export function checkKeys({ keysDir }: Config, { anchorKids, ringKids, sealKids }: Found): Result {
  const signed = anchorKids ?? new Set<string>();
  if (!hasKeys(keysDir)) return describeNoKeys(keysDir, signed);
  const { anchor, anchorPublicKeys } = loadKeys(keysDir, systemClock.now(), false);
  const foreign = [...signed].filter((kid) => !anchorPublicKeys.has(kid));
  if (foreign.length === 0)
    return (
      describeLost(keysDir, ringKids) ??
      describeLostSeals(keysDir, sealKids) ??
      ok(`anchor key ${anchor.kid} in ${keysDir}`)
    );
  const says = `the audit chains are signed with keys that are not in ${keysDir}: ${nameKeys(foreign)}`;
  return foreign.length === signed.size ? fail(says) : warn(says);
}

const lostMeans: Record<keyof Found['ringKids'], string> = {
  connector: 'credentials sealed with it do not open: put it there, or save them anew',
  objection: 'nobody can be told from an objector, so that no comment is gathered: put it there',
  totp: 'the second factors sealed with it do not open, and their people cannot sign in: put it there',
};

/** Keys that the store needs and the folder has not; null when it has them all. */
function describeLost(keysDir: string, needed: Found['ringKids']): Result | null {
  for (const purpose of ['objection', 'connector', 'totp'] as const) {
    const ring = openKeyRing(keysDir, purpose, systemClock.now);
    const lost = needed[purpose].filter((kid) => !ring.kids().includes(kid)).map(ring.fileOf);
    if (lost.length > 0) return fail(`not in ${keysDir}: ${lost.join(', ')}; ${lostMeans[purpose]}`);
  }
  return null;
}

/** Approving goes on with a new key; what the lost one sealed proves nothing any more. */
function describeLostSeals(keysDir: string, needed: readonly string[]): Result | null {
  const keys = openSealKeys(keysDir, systemClock.now);
  const lost = needed.filter((kid) => !keys.kids().includes(kid)).map(keys.fileOf);
  if (lost.length === 0) return null;
  return warn(
    `not in ${keysDir}: ${lost.join(', ')}; what was sealed with it cannot be verified: put it there`,
  );
}

function describeNoKeys(keysDir: string, signed: ReadonlySet<string>): Result {
  if (signed.size > 0) {
    const keys = nameKeys(signed);
    return fail(
      `none in ${keysDir}, but the audit chains are signed: put this office's keys there (${keys})`,
    );
  }
  const place = nearestFolder(keysDir);
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch {
    return fail(`none yet in ${keysDir}, and ${place} cannot be written by this user`);
  }
  return warn(`none yet in ${keysDir}; the first start makes one`);
}

/** The folder itself, or the one in which it would be made. */
function nearestFolder(folder: string): string {
  const parent = dirname(folder);
  return existsSync(folder) || parent === folder ? folder : nearestFolder(parent);
}
