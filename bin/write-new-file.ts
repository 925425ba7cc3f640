import { existsSync } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import { InvalidInput } from '../pipeline/domain/errors.ts';

const inTheWay = (path: string) =>
  new InvalidInput('out', `--out ${path}: the file is there already; --force writes over it.`);

/** Before anything is worked out. @throws InvalidInput (`out`) */
export function assertFree(path: string, isForced: boolean): void {
  if (!isForced && existsSync(path)) throw inTheWay(path);
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error ? String(error.code) : null;

/**
 * The whole file, or none: cut off midway, there is nothing under its name. @throws InvalidInput (`out`) where nothing can be written
 */
export async function writeNewFile(
  path: string,
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  isForced: boolean,
): Promise<void> {
  const beside = `${path}.${process.pid}.part`;
  try {
    const file = await open(beside, 'wx');
    try {
      for await (const part of parts) await file.write(part);
      await file.sync();
    } finally {
      await file.close();
    }
    if (isForced) await rename(beside, path);
    // A name that somebody has taken meanwhile is not taken from them.
    else await link(beside, path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') throw inTheWay(path);
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new InvalidInput('out', `--out ${path}: there is no such folder.`);
    if (code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC' || code === 'EISDIR')
      throw new InvalidInput('out', `--out ${path}: cannot be written (${code}).`);
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
}
