import { identityTerms } from './identity-terms.ts';

/** Longer texts are read at their beginning and their end: judging stays linear with a small constant. */
const headUnits = 6144;
const tailUnits = 2048;
export const mostUnits = headUnits + tailUnits + 3;

const edge = 0x02;
const gap = 0x03;
const space = 0x20;
const digit = 0x30;
const longestRun = 3;
/** Signs of the private-use area; a normalised text that holds one itself is read with the replacement character there. */
const firstSign = 0xf000;
const replacement = 0xfffd;

const keep = 0;
const isSpace = 1;
const isDigit = 2;
const isPrivate = 3;

function buildClasses(): Uint8Array {
  const classes = new Uint8Array(0x10000);
  for (const unit of [0x09, 0x0a, 0x0b, 0x0c, 0x0d, space, 0xa0, 0x3000]) classes[unit] = isSpace;
  for (let unit = digit; unit < digit + 10; unit += 1) classes[unit] = isDigit;
  for (let unit = firstSign; unit < firstSign + 0x100; unit += 1) classes[unit] = isPrivate;
  return classes;
}

interface Term {
  text: string;
  sign: number;
}

/** By first unit, longest first. */
function buildTerms(
  groups: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<number, readonly Term[]> {
  const terms = new Map<number, Term[]>();
  Object.values(groups).forEach((words, group) => {
    for (const text of words) {
      const first = text.charCodeAt(0);
      const list = terms.get(first) ?? [];
      list.push({ text, sign: firstSign + group });
      terms.set(first, list);
    }
  });
  for (const list of terms.values()) list.sort((a, b) => b.text.length - a.text.length);
  return terms;
}

const allTerms = buildTerms(identityTerms);
const beginsTerm = new Uint8Array(0x10000);
for (const first of allTerms.keys()) beginsTerm[first] = 1;
/**
 * Where words for a group of people stand, in order.
 * @param text normalised
 */
export function findGroups(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (beginsTerm[unit] !== 1) continue;
    const term = allTerms.get(unit)?.find((one) => text.startsWith(one.text, i));
    if (term === undefined) continue;
    found.push({ start: i, end: i + term.text.length });
    i += term.text.length - 1;
  }
  return found;
}

/**
 * A normalised text as the models read it: identity terms as one sign a group, every digit as 0, white space as one
 * space, runs of a character as at most three, and an edge before and after. Buffers belong to the reader and are
 * overwritten by the next text.
 */
export class UnitReader {
  readonly units = new Uint16Array(mostUnits);
  /** Offsets in the normalised text: unit i stands for `starts[i]` … `ends[i]`. */
  readonly starts = new Int32Array(mostUnits);
  readonly ends = new Int32Array(mostUnits);
  length = 0;
  readonly #classes = buildClasses();
  readonly #terms: ReadonlyMap<number, readonly Term[]>;
  readonly #startsTerm = new Uint8Array(0x10000);

  constructor(groups: Readonly<Record<string, readonly string[]>> = identityTerms) {
    this.#terms = buildTerms(groups);
    for (const first of this.#terms.keys()) this.#startsTerm[first] = 1;
  }

  read(text: string): void {
    this.length = 0;
    this.#put(edge, 0, 0);
    if (text.length <= headUnits + tailUnits) this.#readPart(text, 0, text.length);
    else {
      this.#readPart(text, 0, headUnits);
      this.#put(gap, headUnits, headUnits);
      this.#readPart(text, text.length - tailUnits, text.length);
    }
    this.#put(edge, text.length, text.length);
  }

  #readPart(text: string, from: number, to: number): void {
    const units = this.units;
    let length = this.length;
    for (let i = from; i < to; ) {
      let unit = text.charCodeAt(i);
      let end = i + 1;
      if (this.#startsTerm[unit] === 1) {
        const term = this.#termAt(text, i, unit);
        if (term !== null && i + term.text.length <= to) {
          unit = term.sign;
          end = i + term.text.length;
        }
      } else {
        const kind = this.#classes[unit];
        if (kind !== keep) unit = kind === isSpace ? space : kind === isDigit ? digit : replacement;
      }
      if (unit === units[length - 1] && this.#isRepeated(unit, length)) this.ends[length - 1] = end;
      else {
        units[length] = unit;
        this.starts[length] = i;
        this.ends[length] = end;
        length += 1;
      }
      i = end;
    }
    this.length = length;
  }

  #termAt(text: string, at: number, first: number): Term | null {
    for (const term of this.#terms.get(first) ?? []) if (text.startsWith(term.text, at)) return term;
    return null;
  }

  /** Is one more of this unit to be left out? A second space, a fourth of anything else. */
  #isRepeated(unit: number, length: number): boolean {
    if (unit === space) return true;
    for (let back = 1; back <= longestRun; back += 1) if (this.units[length - back] !== unit) return false;
    return true;
  }

  #put(unit: number, start: number, end: number): void {
    this.units[this.length] = unit;
    this.starts[this.length] = start;
    this.ends[this.length] = end;
    this.length += 1;
  }
}
