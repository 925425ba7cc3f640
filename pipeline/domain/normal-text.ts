/**
 * What counts of a text, and what is layout (docs/decisions/0036): white space is gone but for one blank between two letters or
 * digits of an alphabet, and the \t between the cells of a row; what nobody sees is gone; everything else stays as it is written.
 */

/** One sign of the GB character sets, to which converters give either code. No reader can tell them apart. */
const twins: Readonly<Record<string, string>> = {
  '\u2015': '\u2014',
  '\u30fb': '\u00b7',
  '\u301c': '\uff5e',
  '\u22ef': '\u2026',
};
const twin = /[\u2015\u30fb\u301c\u22ef]/g;
/** Joiners, soft hyphens, marks of direction, selectors of a glyph. The two that turn a text round are not among them. */
const invisible = /(?![\u202d\u202e])\p{Cf}|\p{Variation_Selector}|\u034f|(?![\t\n\r\f\v\u0085])\p{Cc}/gu;
/** With what looks like nothing: a Braille blank, fillers of Hangul. */
const blanks = /[\s\u0085\u115f\u1160\u2800\u3164\uffa0]+/gu;
/** Letters that are written with blanks between words, and digits of any width. */
const joined = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]/u;

/** Is it a letter or digit next to which a blank tells one word from two? */
export function isJoined(character: string | undefined): boolean {
  return character !== undefined && joined.test(character);
}

/** @param text as a parser stores it: lines, cells of a row separated by \t */
export function normaliseText(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(twin, (sign) => twins[sign] ?? sign)
    .replace(invisible, '');
  return plain.replace(blanks, (run, at: number) => {
    const before = plain[at - 1];
    const after = plain[at + run.length];
    if (before === undefined || after === undefined) return '';
    if (run.includes('\t') && !run.includes('\n')) return '\t';
    return isJoined(before) && isJoined(after) ? ' ' : '';
  });
}
