import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One sort of key: how its files are named, and what stands in one. */
export interface KeySort {
  /** Under this name a candidate is claimed; no reader of keys takes it for one. */
  claim: string;
  fileOf(kid: string): string;
  /** Of a new key. */
  makeText(): string;
}

/** @param now ISO UTC */
export function kidOf(now: string): string {
  return now.replace(/[-:]/g, '').replace(/\.\d+/, '');
}

/** @returns false when something of that name is there already, or what should be linked is gone */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  }
}

function readKid(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').split('\n', 1)[0] ?? null;
  } catch {
    return null;
  }
}

/**
 * Makes the first key of its sort in a folder. Of several processes that start at the same moment one wins, and all go on with its
 * key: a candidate is claimed under one name, whole, and whoever sees the claim gives it its own name.
 * @param hasKey looks again whether a key is there
 */
export function createFirstKey(
  keysDir: string,
  sort: KeySort,
  { now, hasKey }: { now: string; hasKey: () => boolean },
): void {
  if (hasKey()) return;
  const candidate = join(keysDir, `.candidate-${randomUUID()}`);
  const claim = join(keysDir, sort.claim);
  try {
    // The kid comes first: what stands before the first line of a PEM is skipped by whoever reads it.
    writeFileSync(candidate, `${kidOf(now)}\n${sort.makeText()}`, { mode: 0o600, flag: 'wx' });
    tryLink(candidate, claim);
    // A claim made after somebody's key got its name is one too many: the named key stands.
    if (hasKey()) return;
    const kid = readKid(claim);
    if (kid !== null) tryLink(claim, join(keysDir, sort.fileOf(kid)));
  } finally {
    rmSync(candidate, { force: true });
    if (hasKey()) rmSync(claim, { force: true });
  }
}
