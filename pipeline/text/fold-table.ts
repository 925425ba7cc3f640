import { Converter } from 'opencc-js/t2cn';

/** What becomes of one character. Anything that is not one unit for one unit is `special` in the table. */
export const special = -1;

const longestExpansion = 4;
/** Of the characters that OpenCC maps, these have a simplified use of their own (乾隆). */
const keptTraditional = new Set(['乾']);
/** NFKC would open these into dots; as punctuation they say more. */
const keptPunctuation = new Set(['…', '‥']);

function isDropped(unit: number): boolean {
  return (
    (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d) ||
    (unit >= 0x7f && unit <= 0x9f && unit !== 0x85) ||
    unit === 0xad ||
    (unit >= 0x0300 && unit <= 0x036f) ||
    unit === 0x061c ||
    unit === 0x115f ||
    unit === 0x1160 ||
    (unit >= 0x180b && unit <= 0x180f) ||
    (unit >= 0x200b && unit <= 0x200f) ||
    (unit >= 0x202a && unit <= 0x202e) ||
    (unit >= 0x2060 && unit <= 0x206f) ||
    (unit >= 0x20d0 && unit <= 0x20ff) ||
    unit === 0x2800 ||
    unit === 0x3164 ||
    (unit >= 0xfe00 && unit <= 0xfe0f) ||
    unit === 0xfeff ||
    unit === 0xffa0
  );
}

/** Characters that neither NFKC, case nor simplification can change: most of Unicode, skipped for a quick start. */
function isStable(unit: number): boolean {
  return (unit >= 0xac00 && unit <= 0xd7a3) || (unit >= 0xe000 && unit <= 0xf8ff);
}

function foldOnce(text: string, simplify: (text: string) => string): string {
  const folded = text.normalize('NFKC').toLowerCase().normalize('NFKC');
  if (keptTraditional.has(folded)) return folded;
  const simple = simplify(folded);
  return simple.length === folded.length ? simple : folded;
}

function foldFully(character: string, simplify: (text: string) => string): string {
  let folded = character;
  for (let round = 0; round < 4; round += 1) {
    const next = foldOnce(folded, simplify);
    if (next === folded) return folded;
    folded = next;
  }
  return folded;
}

export interface FoldTable {
  /** By code unit: the unit it becomes, or `special`. */
  units: Int32Array;
  /** Special units that become several; a special unit not in here and not a surrogate is dropped. */
  expansions: Map<number, string>;
}

/** Every unit of an expansion must stay as it is when folded again, so that folding twice equals folding once. */
function isSettled(text: string, units: Int32Array): boolean {
  if (text.length === 0 || text.length > longestExpansion) return false;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit <= 0x20 || units[unit] !== unit) return false;
  }
  return true;
}

function buildFoldTable(): FoldTable {
  const simplify = Converter({ from: 't', to: 'cn' });
  const units = new Int32Array(0x10000).fill(special);
  const several = new Map<number, string>();
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
    if (isSurrogate || isDropped(unit)) continue;
    const character = String.fromCharCode(unit);
    const folded =
      isStable(unit) || keptPunctuation.has(character) ? character : foldFully(character, simplify);
    if (folded.length === 1) units[unit] = folded.charCodeAt(0);
    else several.set(unit, folded);
  }
  for (const unit of [0x0b, 0x0c, 0x85, 0x2028, 0x2029]) units[unit] = 0x0a;
  for (const unit of units.keys()) {
    const folded = units[unit] ?? special;
    if (folded !== special && units[folded] !== folded) units[unit] = unit;
  }
  const expansions = new Map<number, string>();
  for (const unit of several.keys()) units[unit] = unit;
  for (const [unit, folded] of several) {
    if (!isSettled(folded, units)) continue;
    units[unit] = special;
    expansions.set(unit, folded);
  }
  return { units, expansions };
}

let table: FoldTable | null = null;

/** Built once a process, on first use (about 0.1 s). */
export function foldTable(): FoldTable {
  table ??= buildFoldTable();
  return table;
}

/**
 * What a character beyond the basic plane becomes: null for itself, '' for nothing. Covers styled letters and digits,
 * enclosed letters, compatibility ideographs and invisible tags.
 */
export function foldAstral(codePoint: number, units: Int32Array): string | null {
  if (codePoint >= 0xe0000 && codePoint <= 0xe0fff) return '';
  const isStyled =
    (codePoint >= 0x1d400 && codePoint <= 0x1d7ff) ||
    (codePoint >= 0x1f100 && codePoint <= 0x1f1ff) ||
    (codePoint >= 0x1fbf0 && codePoint <= 0x1fbf9) ||
    (codePoint >= 0x2f800 && codePoint <= 0x2fa1f);
  if (!isStyled) return null;
  const plain = String.fromCodePoint(codePoint).normalize('NFKC').toLowerCase();
  return isSettled(plain, units) ? plain : null;
}
