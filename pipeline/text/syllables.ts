import { pinyin, polyphonic } from 'pinyin-pro';
import { isHan } from './han.ts';

const firstHan = 0x4e00;
const lastHan = 0x9fa5;
const plain = { toneType: 'none', type: 'array', v: true } as const;
const onlyLetters = /^[a-z]+$/;

export interface SyllableTable {
  /** By code unit: the number of the syllable it is most often read as; 0 for none. */
  ids: Uint16Array;
  /** By number: toneless, ü written as v. */
  syllables: readonly string[];
  /** 0 for what is no syllable. */
  idOf(letters: string): number;
}

function buildSyllableTable(): SyllableTable {
  const ids = new Uint16Array(0x10000);
  const syllables = [''];
  const known = new Map<string, number>();
  const units = Array.from({ length: lastHan - firstHan + 1 }, (_, i) => String.fromCharCode(firstHan + i));
  // All readings, the usual one first; asked for at once, which is quicker than one by one.
  const readings: unknown = polyphonic(units.join(''), plain);
  if (!Array.isArray(readings)) throw new Error('pinyin-pro gives no list of readings');
  units.forEach((unit, i) => {
    const reading = String(([] as unknown[]).concat(readings[i])[0]);
    if (!onlyLetters.test(reading)) return;
    const id = known.get(reading) ?? syllables.push(reading) - 1;
    known.set(reading, id);
    ids[unit.charCodeAt(0)] = id;
  });
  return { ids, syllables, idOf: (letters) => known.get(letters) ?? 0 };
}

let table: SyllableTable | null = null;

/** Built once a process, when the first rule asks for variants (about 0.2 s). */
export function syllableTable(): SyllableTable {
  table ??= buildSyllableTable();
  return table;
}

/**
 * How a normalised word sounds, one entry a unit: as read in the word, and as its characters are read alone where that
 * differs (银行). Null when a unit is neither Han with a reading nor a Latin letter.
 */
export function readingsOf(word: string): string[][] | null {
  const { ids, syllables } = syllableTable();
  const alone: string[] = [];
  for (let i = 0; i < word.length; i += 1) {
    const unit = word.charCodeAt(i);
    const reading = isHan(unit) ? (syllables[ids[unit] ?? 0] ?? '') : word.charAt(i);
    if (!onlyLetters.test(reading)) return null;
    alone.push(reading);
  }
  const inWord = pinyin(word, plain);
  const agrees = inWord.length === alone.length && inWord.every((reading) => onlyLetters.test(reading));
  return agrees && inWord.join(' ') !== alone.join(' ') ? [inWord, alone] : [alone];
}

/** Can these letters be read as toneless syllables, one after the other? */
export function isPinyin(letters: string): boolean {
  const { idOf } = syllableTable();
  const reachable = new Uint8Array(letters.length + 1);
  reachable[0] = 1;
  for (let from = 0; from < letters.length; from += 1) {
    if (reachable[from] === 0) continue;
    for (let to = from + 1; to <= Math.min(from + longestSyllable, letters.length); to += 1) {
      if (idOf(letters.slice(from, to)) !== 0) reachable[to] = 1;
    }
  }
  return reachable[letters.length] === 1;
}

/** All readings of characters, the usual one first, with the tone as a figure (`hang2`, neutral 0; ü written as v). */
export function numberedReadings(characters: readonly string[]): Record<string, string[]> {
  const readings: unknown = polyphonic(characters.join(''), { toneType: 'num', type: 'array', v: true });
  if (!Array.isArray(readings)) throw new Error('pinyin-pro gives no list of readings');
  const known = characters.map(
    (character, i) => [character, ([] as unknown[]).concat(readings[i]).map(String)] as const,
  );
  return Object.fromEntries(
    known
      .map(([character, list]) => [character, list.filter((one) => /^[a-z]+\d$/.test(one))] as const)
      .filter(([, list]) => list.length > 0),
  );
}

const longestSyllable = 6;
