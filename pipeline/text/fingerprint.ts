import type { Fingerprint } from '../domain/near-copy.ts';

/** Below this, in characters, only the very same text is a copy. */
const shortestFolded = 40;
const shingleUnits = 3;

/**
 * Minima in three rows, and keys of one from each row, every minimum in two of them: two texts of which three fifths are the
 * same share a key with about 0.97, at half of the work that minima of their own for each key would take.
 */
const rowLength = 8;
const minimaCount = 3 * rowLength;
/** How far the second and the third row are turned, for each round of keys. */
const turns: readonly (readonly [number, number])[] = [
  [0, 0],
  [3, 5],
];

/** A fixed stream of odd numbers: fingerprints are compared over months, so it never changes. */
function oddNumbers(count: number, seed: number): Int32Array {
  const numbers = new Int32Array(count);
  let state = seed;
  for (let i = 0; i < count; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    numbers[i] = mix(state) | 1;
  }
  return numbers;
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x7feb352d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x846ca68b | 0);
  return mixed ^ (mixed >>> 16);
}

const seeds = oddNumbers(minimaCount, 0x9e3779b9 | 0);
const factors = oddNumbers(minimaCount, 0x85ebca6b | 0);
/** Working space: judging is synchronous. */
const minima = new Int32Array(minimaCount);

/** Two halves to one whole number below 2^53. */
const toKey = (high: number, low: number) => (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);

const isPairStart = (unit: number) => (unit & 0xfc00) === 0xd800;

/** Letters, digits and Han: what of a text is the same when its punctuation, spaces and emoji are not. */
function isContent(unit: number): boolean {
  if (unit < 0x80) return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
  return (unit >= 0x3400 && unit <= 0x9fff) || (unit >= 0x00c0 && unit <= 0x1fff) || unit === 0x3007;
}

function countCharacters(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i += 1) if (isPairStart(text.charCodeAt(i))) count -= 1;
  return count;
}

function exactKey(text: string): number {
  let high = 0x811c9dc5 | 0;
  let low = 0x2545f491;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(mix(low ^ unit), 0x9e3779b1 | 0);
  }
  return toKey(mix(high), mix(low));
}

/**
 * MinHash over runs of three characters. Not over words: a mistyped character takes three runs with it but changes the
 * words around it, and words change with the dictionary while fingerprints of before are still compared.
 * @param normalised the normalised text, as `normalise` gives it
 * @returns null for a text without any letter, digit or Han character
 */
export function buildFingerprint(normalised: string): Fingerprint | null {
  const text = normalised.trim();
  if (countCharacters(text) < shortestFolded) {
    return /[\p{L}\p{N}]/u.test(text) ? { exact: true, keys: [exactKey(text)] } : null;
  }
  if (findMinima(text) === 0) return null;
  // A form that a hundred people fill in shares every other key with all of them: the very same text is found by its own.
  return { exact: false, keys: [...joinMinima(), exactKey(text)] };
}

/** Fills `minima`. @returns how many runs there were */
function findMinima(text: string): number {
  minima.fill(0x7fffffff);
  let before = 0;
  let between = 0;
  let found = 0;
  let runs = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (!isContent(unit)) continue;
    found += 1;
    if (found >= shingleUnits) {
      takeRun(mix(Math.imul(before, 0x9e3779b1 | 0) ^ Math.imul(between, 0x01000193) ^ (unit << 7)));
      runs += 1;
    }
    before = between;
    between = unit;
  }
  return runs;
}

/** Where most of the time goes: every index is in bounds, so nothing is checked. */
function takeRun(run: number): void {
  for (let i = 0; i < minimaCount; i += 1) {
    const value = Math.imul(run ^ (seeds[i] as number), factors[i] as number);
    if (value < (minima[i] as number)) minima[i] = value;
  }
}

function joinMinima(): number[] {
  const keys: number[] = [];
  for (const [round, [second, third]] of turns.entries()) {
    for (let at = 0; at < rowLength; at += 1) {
      let high = round * rowLength + at + 1;
      let low = ~high;
      for (const i of [
        at,
        rowLength + ((at + second) % rowLength),
        2 * rowLength + ((at + third) % rowLength),
      ]) {
        high = mix(high ^ (minima[i] as number));
        low = Math.imul(mix(low + (minima[i] as number)), 0x9e3779b1 | 0);
      }
      keys.push(toKey(high, low));
    }
  }
  return keys;
}
