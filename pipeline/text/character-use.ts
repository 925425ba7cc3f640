import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const dictionaryPath = 'submodules/cppjieba/dict/jieba.dict.utf8';

function readUses(): Uint32Array {
  const uses = new Uint32Array(0x10000);
  const folder = dirname(createRequire(import.meta.url).resolve('nodejieba/package.json'));
  const dictionary = readFileSync(join(folder, dictionaryPath), 'utf8');
  for (const line of dictionary.matchAll(/^(.) (\d+)/gmu)) {
    const [, character = '', count = '0'] = line;
    if (character.length === 1) uses[character.charCodeAt(0)] = Number(count);
  }
  return uses;
}

let uses: Uint32Array | null = null;

/**
 * How often a Han character is a word of its own, by code unit, as the segmenter's dictionary counts it (的 about 320,000,
 * 堵 about 1,200); 0 when it never is. Read once a process, when the first rule asks for homophones.
 */
export function characterUses(): Uint32Array {
  uses ??= readUses();
  return uses;
}
