/** Written as fillers between other characters, though they are encoded as Han: 赌丨博, 赌丶博. */
const fillerStrokes = new Set([0x4e28, 0x4e36, 0x4e3f, 0x706c]);

export function isHan(unit: number): boolean {
  if (unit < 0x3007) return false;
  return (
    (unit >= 0x4e00 && unit <= 0x9fff && !fillerStrokes.has(unit)) ||
    (unit >= 0x3400 && unit <= 0x4dbf) ||
    unit === 0x3007
  );
}

/** Of a normalised text: a small Latin letter. */
export function isLatin(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a;
}

/** Of a normalised text: a Latin letter or a digit. */
export function isLatinOrDigit(unit: number): boolean {
  return isLatin(unit) || (unit >= 0x30 && unit <= 0x39);
}
