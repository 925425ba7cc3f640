import { isHan } from './han.ts';
import {
  commonSurnames,
  doubleSurnames,
  looseCharacters,
  stopWords,
  surnames,
  titlesOfPersons,
} from './phrase-words.ts';

/** In characters. */
const shortest = 2;
const longest = 12;
const mostWords = 4;

export interface PhraseOptions {
  /** Is the word, by itself, the name of a person? Asked of words that would be a phrase. */
  isName(word: string): boolean;
}

type WordKind = 'content' | 'part' | 'break';

const latinWord = /^[a-z][a-z0-9+.-]{1,11}$/;

function isAllHan(word: string): boolean {
  for (let i = 0; i < word.length; i += 1) if (!isHan(word.charCodeAt(i))) return false;
  return true;
}

/** Numbers, marks, faces and function words break a phrase; a single character is only ever part of one. */
function kindOf(word: string): WordKind {
  if (stopWords.has(word)) return 'break';
  if (!isAllHan(word)) return latinWord.test(word) ? 'content' : 'break';
  if (word.length > longest) return 'break';
  if (word.length >= shortest) return 'content';
  return looseCharacters.has(word) ? 'break' : 'part';
}

/**
 * Marks what may be a person: a name, what stands before a title, and characters on their own that begin with a surname (a
 * segmenter takes a name that it does not know apart).
 */
function markNames(words: readonly string[], kinds: WordKind[], isName: (word: string) => boolean): void {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    if (doubleSurnames.has(word)) kinds.fill('break', at, at + 2);
    else if (kinds[at] === 'part' && titlesOfPersons.has(next)) kinds[at] = 'break';
    else if (kinds[at] === 'content') {
      if (isName(word)) kinds[at] = 'break';
    } else if (kinds[at - 1] !== 'part' && surnames.has(word)) {
      const run = countParts(kinds, at);
      const isTitled = titlesOfPersons.has(words[at + run] ?? '');
      if (run === 3 || (run === 2 && (isTitled || !commonSurnames.has(word))))
        kinds.fill('break', at, at + run);
    }
  }
}

/** How many characters stand on their own in a row; a surname may be one that is loose otherwise. */
function countParts(kinds: readonly WordKind[], start: number): number {
  let end = start + 1;
  while (kinds[end] === 'part') end += 1;
  return end - start;
}

/**
 * What of a text could be a key phrase: words with a matter of their own, and two to four of them in a row. Each once, in the order
 * of the text. No names of persons, no numbers, no masks.
 * @param words as `Segmenter.cut` gives them, of the normalised text
 */
export function listPhrases(words: readonly string[], { isName }: PhraseOptions): string[] {
  const kinds = words.map(kindOf);
  markNames(words, kinds, isName);
  const found = new Set<string>();
  for (let start = 0; start < words.length; start += 1) {
    let phrase = '';
    for (let count = 0; count < mostWords && kinds[start + count] !== 'break'; count += 1) {
      const word = words[start + count];
      if (word === undefined) break;
      phrase += word;
      if (phrase.length > longest) break;
      if (phrase.length >= shortest) found.add(phrase);
    }
  }
  return [...found];
}

/** Is a word that the segmenter's dictionary does not know, and that begins with a surname, likely to be somebody's name? */
export function looksLikeName(word: string, tags: readonly { word: string; tag: string }[]): boolean {
  const [only, ...more] = tags;
  if (only === undefined || more.length > 0) return false;
  if (only.tag.startsWith('nr')) return true;
  return only.tag === 'x' && word.length <= 3 && isAllHan(word) && surnames.has(word.charAt(0));
}
