import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Every file below a folder, with gzip unpacked as well: what somebody who reads the disk would find. */
export function* readRawFiles(folder: string): Generator<{ path: string; bytes: Buffer }> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    yield { path, bytes };
    if (bytes[0] === 0x1f && bytes[1] === 0x8b)
      yield { path: `${path} (unpacked)`, bytes: gunzipSync(bytes) };
  }
}

/** Files that hold the text, as UTF-8 or UTF-16. */
export function findInRawFiles(folder: string, text: string): string[] {
  const needles = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  return [...readRawFiles(folder)]
    .filter(({ bytes }) => needles.some((needle) => bytes.includes(needle)))
    .map(({ path }) => path);
}
