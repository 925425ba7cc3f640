import { foldAstral, foldTable, special } from './fold-table.ts';
import type { MappedText } from './spans.ts';
import { UnitWriter } from './unit-writer.ts';

const space = new UnitWriter();
const replacement = 0xfffd;

function isPairAt(text: string, offset: number): boolean {
  const high = text.charCodeAt(offset);
  return (
    (high & 0xfc00) === 0xd800 &&
    offset + 1 < text.length &&
    (text.charCodeAt(offset + 1) & 0xfc00) === 0xdc00
  );
}

/** First offset at which folding would change something; the length when nowhere. */
function firstChange(stored: string, table: Int32Array): number {
  let i = 0;
  for (; i < stored.length; i += 1) {
    const unit = stored.charCodeAt(i);
    if (table[unit] !== unit) return i;
  }
  return i;
}

/**
 * Folds width, case, compatibility forms and traditional characters, drops what is invisible, and puts U+FFFD for a
 * lone surrogate. Never throws, takes linear time, and changes nothing when applied to its own result.
 */
export function normalise(stored: string): MappedText {
  const table = foldTable();
  const from = firstChange(stored, table.units);
  if (from === stored.length) return { text: stored, starts: null };
  space.reserve(stored.length * 4);
  const { units, starts } = space;
  let length = 0;
  let moved = false;
  for (let i = 0; i < stored.length; i += 1) {
    const unit = stored.charCodeAt(i);
    const folded = table.units[unit] ?? special;
    if (folded !== special) {
      units[length] = folded;
      starts[length] = i;
      length += 1;
      continue;
    }
    const pair = isPairAt(stored, i);
    const made = pair
      ? foldAstral(stored.codePointAt(i) ?? 0, table.units)
      : (unit & 0xf800) === 0xd800
        ? String.fromCharCode(replacement)
        : (table.expansions.get(unit) ?? '');
    const put = made ?? stored.slice(i, i + 2);
    // A kept pair keeps both offsets; everything else points at the character it came from.
    const step = made === null ? 1 : 0;
    for (let k = 0; k < put.length; k += 1) {
      units[length] = put.charCodeAt(k);
      starts[length] = i + k * step;
      length += 1;
    }
    if (put.length !== (pair ? 2 : 1)) moved = true;
    if (pair) i += 1;
  }
  return space.made(length, moved);
}
