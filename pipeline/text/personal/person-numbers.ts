import type { MatchStep } from '../../domain/verdict.ts';
import { isBankCard } from './card-number.ts';
import { type DigitChain, type DigitGroup, isDigit } from './digit-runs.ts';
import { hasIdentityForm, isIdentityNumber, isMobileNumber, isOldIdentityNumber } from './identity-number.ts';
import { cueBefore, isGlued, type NumberCue, textBefore } from './number-cues.ts';

export type NumberKind =
  | 'identity-number'
  | 'old-identity-number'
  | 'mobile-number'
  | 'bank-card'
  | 'land-line';

export interface NumberHit {
  kind: NumberKind;
  compact: string;
  /** In the normalised text. */
  start: number;
  end: number;
  via: MatchStep[];
  cue: NumberCue;
}

/** A run of groups read as one number. */
interface Reading {
  text: string;
  groups: readonly DigitGroup[];
  first: number;
  last: number;
  start: number;
  end: number;
  digits: string;
  /** Lengths of the groups as a reader sees them: where only the script changes, there is no gap. */
  shape: string;
  cue: NumberCue;
}

const mobileDigits = 11;
const perDigit = /^1(?:-1)+$/;
/** Shapes in which a mobile number is written in groups; anything else is a row of figures. */
const mobileShape = /^(?:11|13|14|15|3-4-4|4-4-3|4-3-4|3-8|3-3-5|3-3-3-2|3-2-2-4|3-4-2-2|3-2-2-2-2)$/;
const cardShape = /^(?:\d+|4(?:-4){2,3}(?:-[1-4])?|6-\d+|6-4-4-\d|5(?:-5){2}-\d|4-6-\d)$/;
const dateInDigits = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$/;

function shapeOf(groups: readonly DigitGroup[], first: number, last: number): string {
  const lengths: number[] = [];
  for (let i = first; i <= last; i += 1) {
    const group = groups[i];
    if (group === undefined) continue;
    const length = group.end - group.start;
    const joined = i > first && groups[i - 1]?.end === group.start;
    if (joined) lengths.push((lengths.pop() ?? 0) + length);
    else lengths.push(length);
  }
  return lengths.join('-');
}

function between(reading: Reading, left: number): string {
  return reading.text.slice(reading.groups[left]?.end ?? 0, reading.groups[left + 1]?.start ?? 0);
}

/** Is the neighbour the rest of a longer number, and not a number of its own? */
function continues(reading: Reading, neighbour: number, gapAfter: number): boolean {
  const group = reading.groups[neighbour];
  if (group === undefined) return false;
  const gap = between(reading, gapAfter);
  if (gap === '.') return true;
  if (!/^[-_—–−]/.test(gap) || isMobileNumber(group.digits)) return false;
  return group.digits.length > 2 && !/^0*86$/.test(group.digits) && group.digits.length < 15;
}

function isPartOfMore(reading: Reading): boolean {
  return (
    continues(reading, reading.first - 1, reading.first - 1) ||
    continues(reading, reading.last + 1, reading.last)
  );
}

/** One digit at a time, the number must be the whole row: 1 3 8 0 … 5 6 is a table. */
function isWholeRow(reading: Reading): boolean {
  const single = (i: number): boolean => reading.groups[i]?.digits.length === 1;
  return !single(reading.first - 1) && !single(reading.last + 1);
}

function stepsOf(reading: Reading): MatchStep[] {
  const steps: MatchStep[] = [];
  const used = reading.groups.slice(reading.first, reading.last + 1);
  if (reading.shape.includes('-')) steps.push('filler');
  if (used.some(({ start }) => !isDigit(reading.text.charCodeAt(start)))) steps.push('digit');
  return steps;
}

function hitOf(
  reading: Reading,
  kind: NumberKind,
  compact: string,
  bounds?: { start?: number; end?: number },
): NumberHit {
  const { start, end, cue } = reading;
  return { kind, compact, start, end, via: stepsOf(reading), cue, ...bounds };
}

const checkLetter = /^[\s.\-·_*—–]{0,3}[x×✕х叉](?![a-z0-9])/;

function readIdentity(reading: Reading): NumberHit | null {
  const { text, digits, start, end } = reading;
  const letter = digits.length === 17 ? (checkLetter.exec(text.slice(end, end + 5))?.[0] ?? null) : null;
  if (digits.length === 17 && letter === null) return null;
  const compact = letter === null ? digits : `${digits}x`;
  const stop = end + (letter?.length ?? 0);
  if (!isIdentityNumber(compact) || isGlued(text, start, stop)) return null;
  if (/信用代码[^0-9\n]{0,6}$/.test(textBefore(text, start))) return null;
  return hitOf(reading, 'identity-number', compact, { end: stop });
}

function readOldIdentity(reading: Reading): NumberHit | null {
  const { text, digits, start, end, cue, shape } = reading;
  if (cue === 'other' || isGlued(text, start, end)) return null;
  if (cue !== 'identity' && !/^(?:15|6-6-3)$/.test(shape)) return null;
  return hitOf(reading, 'old-identity-number', digits);
}

function readCard(reading: Reading): NumberHit | null {
  const { text, digits, start, end, cue, shape } = reading;
  if (cue === 'other' || cue === 'identity') return null;
  // A mistyped identity number of the north-west begins as UnionPay's cards do.
  if (digits.length === 18 && cue !== 'card' && hasIdentityForm(digits)) return null;
  if (isGlued(text, start, end) || isPartOfMore(reading)) return null;
  if (perDigit.test(shape)) return isWholeRow(reading) ? hitOf(reading, 'bank-card', digits) : null;
  const isAlone = reading.first === 0 && reading.last === reading.groups.length - 1;
  return isAlone || cue === 'card' || cardShape.test(shape) ? hitOf(reading, 'bank-card', digits) : null;
}

/** The number without the country's code or an old trunk zero; null when it is no mobile number. */
function mobileOf(digits: string, cue: NumberCue): string | null {
  const bare = digits.length > mobileDigits + 1 ? digits.replace(/^(?:00|0)?86/, '') : digits;
  if (bare.length === mobileDigits + 1 && bare.startsWith('0') && cue === 'call')
    return mobileOf(bare.slice(1), cue);
  return isMobileNumber(bare) ? bare : null;
}

const oddSeparator = /[,、/|+&~()]/;

function hasMobileShape(reading: Reading): boolean {
  const { shape, cue, groups, first, last, text } = reading;
  if (cue === 'call') return true;
  const isOdd = shape.includes('-') && oddSeparator.test(text.slice(reading.start, reading.end));
  if (perDigit.test(shape)) return !isOdd;
  if (!mobileShape.test(shape)) return false;
  // 150 20260315 is a price and a day.
  if (shape === '3-8' && dateInDigits.test(groups[last]?.digits ?? '')) return false;
  return !isOdd || first + 2 === last;
}

function readMobile(reading: Reading): NumberHit | null {
  const { text, digits, start, end, cue, shape } = reading;
  const compact = mobileOf(digits, cue);
  if (compact === null || cue === 'other' || !hasMobileShape(reading)) return null;
  if (isGlued(text, start, end) || (cue !== 'call' && isPartOfMore(reading))) return null;
  if (perDigit.test(shape) && !isWholeRow(reading)) return null;
  const only = reading.groups[reading.first];
  const extra = digits.length - compact.length;
  if (extra > 1 && only?.digits.length === extra) return null;
  const inside = only !== undefined && only.digits.length > extra ? extra : 0;
  return hitOf(reading, 'mobile-number', compact, { start: start + inside });
}

const areaCode = /^0(?:10|2[0-57-9]|[3-9]\d\d)$/;
const landShape = /^(?:3|4)-[78]$/;

/** With its area code: 0571-88886666. In one run only where a word says that it is a telephone. */
function readLandLine(reading: Reading): NumberHit | null {
  const { text, digits, start, end, cue, shape } = reading;
  const area = areaCode.exec(digits.slice(0, 3)) ?? areaCode.exec(digits.slice(0, 4));
  if (area === null || !/^[2-8]\d{6,7}$/.test(digits.slice(area[0].length))) return null;
  const split = reading.groups[reading.first]?.digits.length === area[0].length && landShape.test(shape);
  if (!split && cue !== 'call') return null;
  if (cue === 'other' || isGlued(text, start, end)) return null;
  return hitOf(reading, 'land-line', digits);
}

/** With its check letter or without. */
function mayBeIdentity(digits: string): boolean {
  if (digits.length === 18) return hasIdentityForm(digits);
  return digits.length === 17 && hasIdentityForm(`${digits}x`);
}

const fewestCardDigits = 16;
const oldIdentityDigits = 15;

interface Reader {
  /** By the digits alone: most rows of figures are none of ours, and are left before anything else is looked at. */
  fits: (digits: string) => boolean;
  read: (reading: Reading) => NumberHit | null;
}

/** The surest first: what is two kinds at once is the first of them. */
const readers: readonly Reader[] = [
  { fits: mayBeIdentity, read: readIdentity },
  { fits: (digits) => digits.length >= fewestCardDigits && isBankCard(digits), read: readCard },
  { fits: (digits) => digits.length >= mobileDigits && mobileOf(digits, 'call') !== null, read: readMobile },
  { fits: (digits) => digits.length <= 12 && digits.charAt(0) === '0', read: readLandLine },
  {
    fits: (digits) => digits.length === oldIdentityDigits && isOldIdentityNumber(digits),
    read: readOldIdentity,
  },
];
const longest = 19;
const shortest = 10;

type Found = { hit: NumberHit; last: number };

function readAt(text: string, groups: readonly DigitGroup[], first: number): Found | null {
  let digits = '';
  const best: (Found | undefined)[] = [];
  let cue: NumberCue | undefined;
  const start = groups[first]?.start ?? 0;
  for (let last = first; last < groups.length; last += 1) {
    const group = groups[last];
    if (group === undefined) break;
    digits += group.digits;
    if (digits.length > longest) break;
    if (digits.length < shortest) continue;
    for (let rank = 0; rank < readers.length; rank += 1) {
      const { fits, read } = readers[rank] as Reader;
      if (!fits(digits)) continue;
      cue ??= cueBefore(text, start);
      const shape = shapeOf(groups, first, last);
      const hit = read({ text, groups, first, last, start, end: group.end, digits, shape, cue });
      if (hit !== null) best[rank] = { hit, last };
    }
  }
  return best.find((found) => found !== undefined) ?? null;
}

/** What each place of a chain reads as, the surest and then the longest; what a number used up is not read again. */
export function readNumbers(text: string, chain: DigitChain): NumberHit[] {
  const hits: NumberHit[] = [];
  const { groups } = chain;
  for (let i = 0; i < groups.length; i += 1) {
    const found = readAt(text, groups, i);
    if (found === null) continue;
    hits.push(found.hit);
    i = found.last;
  }
  return hits;
}
