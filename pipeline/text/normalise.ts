import { foldAstral, foldTable, special } from './fold-table.ts';
import type { MappedText } from './spans.ts';

const ordinaryUnits = 8192;
const keptUnits = 262_144;

/** Working space, reused: judging is synchronous, and what is returned is a copy. */
let units = new Uint16Array(ordinaryUnits);
let bytes = Buffer.from(units.buffer);
let starts = new Int32Array(ordinaryUnits);

/** Room for so many units; what one huge text needed is given back with the next ordinary one. */
function reserve(length: number): void {
  if (units.length >= length && units.length <= Math.max(length, keptUnits)) return;
  const room = Math.max(length, ordinaryUnits);
  units = new Uint16Array(room);
  bytes = Buffer.from(units.buffer);
  starts = new Int32Array(room);
}

function madeText(length: number, moved: boolean): MappedText {
  return { text: bytes.toString('utf16le', 0, length * 2), starts: moved ? starts.slice(0, length) : null };
}

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
  reserve(stored.length * 4);
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
  return madeText(length, moved);
}

const longestFillerRun = 3;
const fillers = new Uint8Array(0x10000);
for (const filler of " \t*.·•_-~|/\\+=^'`&$°") fillers[filler.charCodeAt(0)] = 1;

export function isHan(unit: number): boolean {
  return (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x3400 && unit <= 0x4dbf) || unit === 0x3007;
}

/** Where the filler run that starts here ends, if it is short and stands between two Han characters; else `start`. */
function fillerEnd(text: string, start: number): number {
  if (start === 0 || !isHan(text.charCodeAt(start - 1))) return start;
  let end = start;
  while (end < text.length && end - start <= longestFillerRun && fillers[text.charCodeAt(end)] === 1)
    end += 1;
  if (end === start || end - start > longestFillerRun || end >= text.length) return start;
  return isHan(text.charCodeAt(end)) ? end : start;
}

/**
 * A normalised text without the filler characters between Han characters (赌 博, 赌*博, 赌.博). For matching only: an
 * ordinary space between two words is dropped too, so a match must still respect the word boundaries of the text with it.
 */
export function squeezeFillers(text: string): MappedText {
  let i = 1;
  for (; i < text.length; i += 1) if (fillers[text.charCodeAt(i)] === 1 && fillerEnd(text, i) > i) break;
  if (i >= text.length) return { text, starts: null };
  reserve(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (fillers[text.charCodeAt(at)] === 1) {
      const end = fillerEnd(text, at);
      if (end > at) at = end;
    }
    units[length] = text.charCodeAt(at);
    starts[length] = at;
    length += 1;
  }
  return madeText(length, true);
}
