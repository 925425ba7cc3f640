/** Digits of one script that stand together. */
export interface DigitGroup {
  start: number;
  end: number;
  /** The digits as `0`–`9`, whatever they were written with. */
  digits: string;
}

/** Digits that belong together: groups with a short separator between them, or none where the script changes. */
export interface DigitChain {
  groups: DigitGroup[];
}

export const notDigit = 255;
/** Of a normalised text: width is folded already, ① is 1 by now. */
const spelled: readonly (readonly [string, number])[] = [
  ['〇零○◯', 0],
  ['一壹幺', 1],
  ['二贰', 2],
  ['三叁参', 3],
  ['四肆', 4],
  ['五伍', 5],
  ['六陆', 6],
  ['七柒', 7],
  ['八捌', 8],
  ['九玖', 9],
];
/** Filled and doubled circles, which compatibility folding leaves as they are: first code unit, and its digit. */
const circled = [
  [0x24f5, 1],
  [0x2776, 1],
  [0x2780, 1],
  [0x278a, 1],
] as const;

function buildValues(): Uint8Array {
  const values = new Uint8Array(0x10000).fill(notDigit);
  for (let digit = 0; digit <= 9; digit += 1) values[0x30 + digit] = digit;
  for (const [characters, digit] of spelled)
    for (const character of characters) values[character.charCodeAt(0)] = digit;
  for (const [first, digit] of circled)
    for (let step = 0; step < 9; step += 1) values[first + step] = digit + step;
  values[0x24ff] = 0;
  return values;
}

const values = buildValues();

/** 0–9, or `notDigit`. */
export function digitValue(unit: number): number {
  return values[unit] ?? notDigit;
}

const separators = new Uint8Array(0x10000);
for (const separator of ' \t-.·_*~—–‐‑−,、/|+()&') separators[separator.charCodeAt(0)] = 1;

const longestSeparator = 3;
/** Longer chains are tables or noise; they are cut, so that the work stays linear. */
const maxGroups = 64;

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Where the next group starts if it belongs to this one; else -1. */
function nextGroup(text: string, end: number): number {
  let at = end;
  while (at - end < longestSeparator && separators[text.charCodeAt(at)] === 1) at += 1;
  return at < text.length && digitValue(text.charCodeAt(at)) !== notDigit ? at : -1;
}

function groupEnd(text: string, start: number): number {
  const plain = isDigit(text.charCodeAt(start));
  let end = start + 1;
  for (; end < text.length; end += 1) {
    const unit = text.charCodeAt(end);
    if (digitValue(unit) === notDigit || isDigit(unit) !== plain) break;
  }
  return end;
}

const longestGroup = 24;

/** Longer than any number of a person, a group is only told from one: its digits need not be spelled out. */
function readDigits(text: string, start: number, end: number): string {
  const stop = Math.min(end, start + longestGroup);
  if (isDigit(text.charCodeAt(start))) return text.slice(start, stop);
  let digits = '';
  for (let i = start; i < stop; i += 1) digits += String(digitValue(text.charCodeAt(i)));
  return digits;
}

/** Chains of at least `minDigits` digits in all, in order. Linear in the text. */
export function findDigitChains(text: string, minDigits: number): DigitChain[] {
  const chains: DigitChain[] = [];
  let bounds: number[] = [];
  let digits = 0;
  const close = (): void => {
    if (digits >= minDigits) {
      const groups: DigitGroup[] = [];
      for (let i = 0; i < bounds.length; i += 2) {
        const start = bounds[i] ?? 0;
        const end = bounds[i + 1] ?? 0;
        groups.push({ start, end, digits: readDigits(text, start, end) });
      }
      chains.push({ groups });
    }
    if (bounds.length > 0) bounds = [];
    digits = 0;
  };
  for (let i = 0; i < text.length; ) {
    if (digitValue(text.charCodeAt(i)) === notDigit) {
      i += 1;
      continue;
    }
    const end = groupEnd(text, i);
    bounds.push(i, end);
    digits += end - i;
    const next = nextGroup(text, end);
    if (next < 0 || bounds.length >= maxGroups * 2) close();
    i = next < 0 ? end : next;
  }
  close();
  return chains;
}
