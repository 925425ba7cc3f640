const han = 1;
const latin = 2;
const digit = 3;

/** Written as fillers between other characters, though they are encoded as Han: 赌丨博, 赌丶博. */
const fillerStrokes = [0x4e28, 0x4e36, 0x4e3f, 0x706c];

function buildKinds(): Uint8Array {
  const kinds = new Uint8Array(0x10000);
  kinds.fill(han, 0x4e00, 0xa000).fill(han, 0x3400, 0x4dc0);
  kinds[0x3007] = han;
  for (const stroke of fillerStrokes) kinds[stroke] = 0;
  return kinds.fill(latin, 0x61, 0x7b).fill(digit, 0x30, 0x3a);
}

/** One look-up a unit: asked for every character of every text. */
const kinds = buildKinds();

export function isHan(unit: number): boolean {
  return kinds[unit] === han;
}

/** Of a normalised text: a small Latin letter. */
export function isLatin(unit: number): boolean {
  return kinds[unit] === latin;
}

/** Of a normalised text: a Latin letter or a digit. */
export function isLatinOrDigit(unit: number): boolean {
  return kinds[unit] === latin || kinds[unit] === digit;
}

/** Of a normalised text: Han, a Latin letter or a digit. */
export function isWritten(unit: number): boolean {
  return (kinds[unit] as number) > 0;
}
