import type { Chance } from '../chance.ts';

/** Words by the name of the gap they fill: `{dish}` takes one of `dish`. */
export type Words = Readonly<Record<string, readonly string[]>>;

/** Words of a list written with white space between them. */
export function listed(words: string): readonly string[] {
  return words.trim().split(/\s+/);
}

export function pick<T>(choices: readonly T[], chance: Chance): T {
  const chosen = choices[Math.floor(chance.next() * choices.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}

/** Puts words into the gaps of a pattern; a word may have gaps itself. @throws Error for a gap without words */
export function fill(pattern: string, words: Words, chance: Chance): string {
  return pattern.replace(/\{(\w+)\}/g, (_, gap: string) => {
    const choices = words[gap];
    if (choices === undefined) throw new Error(`no words for {${gap}}`);
    return fill(pick(choices, chance), words, chance);
  });
}

/** So many different texts out of patterns, fewer when the patterns cannot give as many. */
export function writeTexts(
  patterns: readonly string[],
  words: Words,
  count: number,
  chance: Chance,
): string[] {
  const written = new Set<string>();
  for (let i = 0; i < count * 4 && written.size < count; i += 1)
    written.add(fill(pick(patterns, chance), words, chance));
  return [...written];
}
