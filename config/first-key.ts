import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One kid and one whole key, under a name that no reader of keys takes for one. */
function writeCandidate(path: string, now: string): void {
  const kid = now.replace(/[-:]/g, '').replace(/\.\d+/, '');
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  // Text before the first line of a PEM is skipped by whoever reads the key.
  writeFileSync(path, `${kid}\n${pem}`, { mode: 0o600, flag: 'wx' });
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
 * Makes the first key of a folder. Of several processes that start at the same moment one wins, and all go on with its key:
 * a candidate is claimed under one name, whole, and whoever sees the claim gives it its own name.
 * @param hasKey looks again whether a key is there
 */
export function createFirstKey(keysDir: string, now: string, hasKey: () => boolean): void {
  if (hasKey()) return;
  const candidate = join(keysDir, `.candidate-${randomUUID()}`);
  const claim = join(keysDir, '.first-key');
  try {
    writeCandidate(candidate, now);
    tryLink(candidate, claim);
    // A claim made after somebody's key got its name is one too many: the named key stands.
    if (hasKey()) return;
    const kid = readKid(claim);
    if (kid !== null) tryLink(claim, join(keysDir, `anchor-${kid}.pem`));
  } finally {
    rmSync(candidate, { force: true });
    if (hasKey()) rmSync(claim, { force: true });
  }
}
