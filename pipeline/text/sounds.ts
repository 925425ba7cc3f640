import { fillerRunEnd } from './fillers.ts';
import { isLatin } from './han.ts';
import { syllableTable } from './syllables.ts';

/**
 * A text as it sounds: Han characters by their usual toneless reading, Latin letters as they are, short runs of fillers
 * next to letters left out, and a blank for everything else, which no word reaches across.
 */
export interface SoundText {
  letters: string;
  /** By letter: the offset of the unit it belongs to, in the text that was read; -1 after the last. */
  units: Int32Array;
}

const blank = 0x20;
const longestReading = 6;
const ordinaryLetters = 16_384;
const keptLetters = 1_048_576;

let letters = Buffer.alloc(ordinaryLetters);
let units = new Int32Array(ordinaryLetters);

function reserve(length: number): void {
  if (letters.length >= length && letters.length <= Math.max(length, keptLetters)) return;
  const room = Math.max(length, ordinaryLetters);
  letters = Buffer.alloc(room);
  units = new Int32Array(room);
}

interface SpelledTable {
  ids: Uint16Array;
  /** Letters of all syllables in a row; those of number `id` stand from `from[id]` to `from[id + 1]`. */
  row: Uint8Array;
  from: Uint16Array;
}

let spelled: SpelledTable | null = null;

function spelledTable(): SpelledTable {
  if (spelled !== null) return spelled;
  const { ids, syllables } = syllableTable();
  const from = new Uint16Array(syllables.length + 1);
  syllables.forEach((syllable, id) => {
    from[id + 1] = (from[id] ?? 0) + syllable.length;
  });
  spelled = { ids, row: Buffer.from(syllables.join(''), 'latin1'), from };
  return spelled;
}

/**
 * Valid until the next call: the arrays are working space.
 * @param text normalised, without fillers between Han characters
 */
export function soundOf(text: string): SoundText {
  const { ids, row, from } = spelledTable();
  reserve(text.length * longestReading + 1);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const id = ids[unit] as number;
    if (id !== 0) {
      const end = from[id + 1] as number;
      for (let k = from[id] as number; k < end; k += 1) {
        letters[length] = row[k] as number;
        units[length] = at;
        length += 1;
      }
      continue;
    }
    if (!isLatin(unit)) {
      const end = fillerRunEnd(text, at);
      if (end > at) {
        at = end - 1;
        continue;
      }
    }
    letters[length] = isLatin(unit) ? unit : blank;
    units[length] = at;
    length += 1;
  }
  units[length] = -1;
  return { letters: letters.toString('latin1', 0, length), units };
}
