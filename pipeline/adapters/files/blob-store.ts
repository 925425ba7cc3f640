import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidInput, Permanent, RetryLater } from '../../domain/errors.ts';
import type { RetentionClass } from '../../domain/retention-class.ts';
import type { BlobStore } from '../../ports/blob-store.ts';

const hashForm = /^[0-9a-f]{64}$/;
const outOfSpace = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** No write takes so long: a temporary file older than this belongs to a process that was killed. */
const abandonedAfterMs = 3_600_000;

/**
 * Blobs as files `<folder>/<retention class>/<first two digits>/<hash>`.
 *
 * A file appears complete or not at all: written and synced beside its place, then renamed. Deleting frees the file's
 * blocks and does not overwrite them: on SSDs, copy-on-write and journalling file systems an overwrite would land
 * elsewhere and promise what it cannot keep. Who must withstand a reading of the bare disk encrypts the volume.
 */
export class FileBlobStore implements BlobStore {
  private readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the folder, and removes what killed processes left half-written. @throws Permanent when that is not possible */
  static async open(folder: string): Promise<FileBlobStore> {
    try {
      mkdirSync(join(folder, 'unfinished'), { recursive: true });
    } catch (error) {
      throw new Permanent(`The folder for snapshots ${folder} cannot be made: ${messageOf(error)}`);
    }
    const blobs = new FileBlobStore(folder);
    await blobs.removeAbandoned();
    return blobs;
  }

  async put(retention: RetentionClass, bytes: Uint8Array): Promise<string> {
    const own = Uint8Array.from(bytes);
    const hash = createHash('sha256').update(own).digest('hex');
    const place = this.placeOf(retention, hash);
    if (await isFile(place)) return hash;
    const unfinished = join(this.folder, 'unfinished', randomUUID());
    try {
      await mkdir(this.shelfOf(retention, hash), { recursive: true });
      await writeSynced(unfinished, own);
      await rename(unfinished, place);
      await syncFolder(this.shelfOf(retention, hash));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw translateWriteError(error, this.folder);
    }
    return hash;
  }

  async find(retention: RetentionClass, hash: string): Promise<Uint8Array | null> {
    const place = this.placeOf(retention, hash);
    let bytes: Uint8Array;
    try {
      bytes = Uint8Array.from(await readFile(place));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
    if (createHash('sha256').update(bytes).digest('hex') !== hash) {
      throw new Permanent(`The snapshot ${place} is damaged: its bytes do not have this hash any more.`);
    }
    return bytes;
  }

  async delete(retention: RetentionClass, hash: string): Promise<void> {
    await rm(this.placeOf(retention, hash), { force: true });
    // A purge also meets what was half-written by a process that died while this one lives on.
    await this.removeAbandoned();
  }

  async list(retention: RetentionClass): Promise<string[]> {
    const hashes: string[] = [];
    for (const shelf of await namesIn(join(this.folder, retention))) {
      const names = await namesIn(join(this.folder, retention, shelf));
      hashes.push(...names.filter((name) => hashForm.test(name)));
    }
    return hashes.sort();
  }

  private shelfOf(retention: RetentionClass, hash: string): string {
    return join(this.folder, retention, hash.slice(0, 2));
  }

  /** @throws InvalidInput before the file system is touched: a hash may come from outside */
  private placeOf(retention: RetentionClass, hash: string): string {
    if (!hashForm.test(hash)) throw new InvalidInput('hash', 'Not a SHA-256 in lower-case hex.');
    return join(this.shelfOf(retention, hash), hash);
  }

  private async removeAbandoned(): Promise<void> {
    // File ages are the file system's own: the Clock port has no say in them.
    const oldest = Date.now() - abandonedAfterMs;
    for (const name of await namesIn(join(this.folder, 'unfinished'))) {
      const path = join(this.folder, 'unfinished', name);
      const modifiedMs = (await stat(path).catch(() => null))?.mtimeMs ?? oldest;
      if (modifiedMs < oldest) await rm(path, { force: true });
    }
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The new name itself must survive a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function translateWriteError(error: unknown, folder: string): unknown {
  const code = codeOf(error);
  if (code !== undefined && outOfSpace.has(code)) {
    return new RetryLater(
      60_000,
      `The disk that holds ${folder} is full (${code}); nothing was stored. Free some space.`,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Permanent(`The folder ${folder} cannot be written (${code}). Check its owner and mode.`);
  }
  return error;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
