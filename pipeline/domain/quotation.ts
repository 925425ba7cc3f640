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

/**
 * As `findQuote`, for many sources: the texts that are written are looked at once.
 * @param texts by name
 * @returns asks whether a source is quoted, and by which text
 */
export function openQuoteSearch(texts: Readonly<Record<string, string>>): (source: string) => string | null {
  const length = longestQuote + 1;
  const runs = new Map<string, string>();
  for (const [name, text] of Object.entries(texts)) {
    const characters = fold(text);
    for (let start = 0; start + length <= characters.length; start += 1) {
      runs.set(characters.slice(start, start + length).join(''), name);
    }
  }
  if (runs.size === 0) return () => null;
  return (source) => {
    const characters = fold(source);
    for (let start = 0; start + length <= characters.length; start += 1) {
      const name = runs.get(characters.slice(start, start + length).join(''));
      if (name !== undefined) return name;
    }
    return null;
  };
}
