/** Digits that belong together: groups with at most one separator between them, as people write long numbers. */
export interface DigitChain {
  /** Offsets of each group, in order. */
  groups: { start: number; end: number }[];
}

const zero = 0x30;
const nine = 0x39;
const separators = new Set([...' -.·_*']);

export function isDigit(unit: number): boolean {
  return unit >= zero && unit <= nine;
}

/** Longer chains are tables or noise; they are cut, so that the work stays linear. */
const maxGroups = 64;

/** Chains of at least `minDigits` digits in all, in order. Linear in the text. */
export function findDigitChains(text: string, minDigits: number): DigitChain[] {
  const chains: DigitChain[] = [];
  let groups: DigitChain['groups'] = [];
  let digits = 0;
  const close = (): void => {
    if (digits >= minDigits) chains.push({ groups });
    groups = [];
    digits = 0;
  };
  for (let i = 0; i < text.length; i += 1) {
    if (!isDigit(text.charCodeAt(i))) continue;
    const start = i;
    while (i + 1 < text.length && isDigit(text.charCodeAt(i + 1))) i += 1;
    groups.push({ start, end: i + 1 });
    digits += i + 1 - start;
    const joined = separators.has(text.charAt(i + 1)) && isDigit(text.charCodeAt(i + 2));
    if (!joined || groups.length === maxGroups) close();
  }
  close();
  return chains;
}
