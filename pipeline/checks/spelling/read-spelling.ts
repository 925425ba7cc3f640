import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSpelling, type SpellingModel, SpellingUnavailable } from './spelling-file.ts';

/** Beside this file, in a checkout as in the compiled program. */
export const spellingFile = fileURLToPath(new URL('./spelling.bin', import.meta.url));

/** What came with the program. @throws SpellingUnavailable */
export function readSpellingModel(file = spellingFile): SpellingModel {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new SpellingUnavailable(`${file}: the spelling file cannot be read (${reason})`);
  }
  return parseSpelling(bytes, file);
}
