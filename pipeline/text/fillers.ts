import { isHan } from './han.ts';
import type { MappedText } from './spans.ts';
import { UnitWriter } from './unit-writer.ts';

/** Characters, not units: an emoji counts once. */
const longestFillerRun = 3;

const filler = 1;
const firstOfPair = 2;

/** Signs that stand for something between two Han characters: a zero in 二○二六, an ellipsis, a line break. */
const meaning = new Set([...'○…‥\n\r']);

function buildKinds(): Uint8Array {
  const kinds = new Uint8Array(0x10000);
  const symbol = /[\p{S}\p{Pd}\p{Pc}\p{Zs}\t.*·•‧・/\\&'#%@丨丶丿灬ー]/u;
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const character = String.fromCharCode(unit);
    if (unit >= 0xd83c && unit <= 0xd83e) kinds[unit] = firstOfPair;
    else if (!meaning.has(character) && symbol.test(character)) kinds[unit] = filler;
  }
  return kinds;
}

const kinds = buildKinds();

/** How many units the filler character takes that starts here: 0 when none does. Emoji and pictographs take two. */
export function fillerUnitsAt(text: string, at: number): number {
  const kind = kinds[text.charCodeAt(at)];
  if (kind === filler) return 1;
  return kind === firstOfPair && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00 ? 2 : 0;
}

/** Where the run of filler characters that starts here ends; `start` when there is none or it is too long. */
export function fillerRunEnd(text: string, start: number): number {
  let end = start;
  for (let count = 0; end < text.length; count += 1) {
    const units = fillerUnitsAt(text, end);
    if (units === 0) break;
    if (count === longestFillerRun) return start;
    end += units;
  }
  return end;
}

/** Where the filler run that starts here ends, if it is short and stands between two Han characters; else `start`. */
function squeezedEnd(text: string, start: number): number {
  if (start === 0 || !isHan(text.charCodeAt(start - 1))) return start;
  const end = fillerRunEnd(text, start);
  return end > start && end < text.length && isHan(text.charCodeAt(end)) ? end : start;
}

const space = new UnitWriter();

function firstSqueezed(text: string): number {
  for (let i = 1; i < text.length; i += 1) {
    if (kinds[text.charCodeAt(i)] !== 0 && squeezedEnd(text, i) > i) return i;
  }
  return text.length;
}

/**
 * A normalised text without the filler characters between Han characters (赌 博, 赌*博, 赌😀博). For matching only: an
 * ordinary space between two words is dropped too, so a match must still respect the words of the text with it.
 */
export function squeezeFillers(text: string): MappedText {
  if (firstSqueezed(text) >= text.length) return { text, starts: null };
  space.reserve(text.length);
  const { units, starts } = space;
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (kinds[text.charCodeAt(at)] !== 0) at = squeezedEnd(text, at);
    units[length] = text.charCodeAt(at);
    starts[length] = at;
    length += 1;
  }
  return space.made(length, true);
}
