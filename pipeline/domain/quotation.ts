/** Of a text outside the case file, no more than this may stand there word for word (R16), in characters. */
export const longestQuote = 20;

/** What a reader sees, without the blanks, case and width that tell nothing apart. */
function fold(text: string): string[] {
  return [
    ...text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\p{P}\p{S}\p{Cf}]/gu, ''),
  ];
}

/**
 * The first run of more than `longestQuote` characters that `text` has from one of `sources`, blanks and punctuation aside; null
 * where there is none.
 */
export function findQuote(text: string, sources: readonly string[]): string | null {
  const characters = fold(text);
  const folded = sources.map((source) => fold(source).join(''));
  const length = longestQuote + 1;
  for (let start = 0; start + length <= characters.length; start += 1) {
    const run = characters.slice(start, start + length).join('');
    if (folded.some((source) => source.includes(run))) return run;
  }
  return null;
}
