import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BadData } from '../train/data-folder.ts';

/** Words and their neighbours, as open-gram counted them (packages sunpinyin-data and sunpinyin-utils). */
export interface OpenGram {
  words: string[];
  /** ln P and ln of the weight that is paid for an unknown pair, by word. */
  alone: Float32Array;
  backOff: Float32Array;
  /** Numbers of words, and ln P(second | first). */
  firsts: Uint32Array;
  seconds: Uint32Array;
  pairs: Float32Array;
}

/** The signs have numbers below this and no name in the dictionary. */
const signs: Readonly<Record<number, string>> = {
  0: '#',
  70: '，',
  71: '。',
  72: '；',
  73: '？',
  74: '！',
  75: '：',
};

/** The list of words at the end of `pydict_sc.bin`: UTF-32, each ended by 0; the third number of the file says where. */
function readWords(file: string): string[] {
  const bytes = readFileSync(file);
  const words: string[] = [];
  let word = '';
  for (let at = bytes.readUInt32LE(8); at + 4 <= bytes.length; at += 4) {
    const unit = bytes.readUInt32LE(at);
    if (unit !== 0) {
      word += String.fromCodePoint(unit);
      continue;
    }
    words.push(word);
    word = '';
  }
  return words;
}

/** What `tslminfo -v -p lm_sc.t3g` prints: a head line a level, then numbers of words, P and weight. */
async function* readLevels(file: string): AsyncGenerator<{ level: number; fields: string[] }> {
  let level = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line.startsWith('\\')) level = Number(line.charAt(1));
    else if (level === 1 || level === 2) yield { level, fields: line.trim().split(/\s+/) };
    if (level === 3) return;
  }
}

/** @param folder holds `pydict_sc.bin` and `lm_sc.txt` */
export async function readOpenGram(folder: string): Promise<OpenGram> {
  const names = readWords(join(folder, 'pydict_sc.bin'));
  const numbers = new Map<number, number>();
  const words: string[] = [];
  const alone: number[] = [];
  const backOff: number[] = [];
  const firsts: number[] = [];
  const seconds: number[] = [];
  const pairs: number[] = [];
  for await (const { level, fields } of readLevels(join(folder, 'lm_sc.txt'))) {
    const [a = 0, b = 0, c = 0, d = 0] = fields.map(Number);
    if (level === 1) {
      const word = signs[a] ?? names[a] ?? '';
      if (word === '') continue;
      numbers.set(a, words.push(word) - 1);
      alone.push(Math.log(b));
      backOff.push(Math.log(c));
      continue;
    }
    const first = numbers.get(a);
    const second = numbers.get(b);
    if (first === undefined || second === undefined || d < 0) continue;
    firsts.push(first);
    seconds.push(second);
    pairs.push(Math.log(c));
  }
  if (words.length === 0) throw new BadData(`${folder} holds no open-gram`);
  return {
    words,
    alone: Float32Array.from(alone),
    backOff: Float32Array.from(backOff),
    firsts: Uint32Array.from(firsts),
    seconds: Uint32Array.from(seconds),
    pairs: Float32Array.from(pairs),
  };
}
