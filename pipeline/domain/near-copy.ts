import type { Case } from './case.ts';
import { categoryFacts } from './category.ts';
import { countDenials, countNumbers, isLooseWord, isOpposed, namesPlace } from './telling-words.ts';
import type { Verdict } from './verdict.ts';

/**
 * By what the near copies of a text are found: two that share a key are compared word by word. Made of the text, it could be
 * guessed back from a short one; so it is treated as the text is: it goes when the text goes, and none is kept of what
 * belongs to the safety families.
 */
export interface Fingerprint {
  /** A short text: a copy of it has the very same words. */
  exact: boolean;
  /** Whole numbers below 2^53. */
  keys: readonly number[];
}

const isSafetyFamily = (category: Case['categories'][number]) => categoryFacts[category].family === 'safety';

/** Safety families never fold and never inherit; neither does what could not be checked for danger. */
export function mayFold(verdict: Verdict): boolean {
  return (
    verdict.queues.length > 0 &&
    !verdict.lifeSafety &&
    verdict.accessClass !== 'safety' &&
    verdict.couldNotCheck.length === 0 &&
    !verdict.findings.some(({ category }) => isSafetyFamily(category))
  );
}

/** The same of a case: nothing may join one of danger, nor one that a person referred to those on duty. */
export function mayBeJoined(one: Case): boolean {
  return !one.lifeSafety && one.accessClass !== 'safety' && !one.categories.some(isSafetyFamily);
}

/** What a copy may have more than its original, as a share of that: a word of one's own before or after it. */
const mostAdded = 0.25;
/** Of the original that a copy must still have. */
const leastKept = 0.5;
/** Of the original that may be written otherwise in the middle of it. */
const mostChanged = 0.06;
/** With more than this in words that the other hasn't got, no word taken apart explains the difference. */
const mostOtherwise = 0.7;
/** With fewer characters of different words than this, a text repeats itself: only one of the very same words is its copy. */
const tooMonotonous = 20;
const digit = /[0-9]/;

/**
 * How much of what two texts say is the same, from 0 to 1; 0 when one says what the other doesn't: another number, place,
 * time or thing, or the contrary. A copy may be shortened, introduced, tagged, mistyped and put in other words of
 * courtesy; what it adds may be no fact.
 * @param copy words in order, each once, without punctuation; `original` too
 */
export function compareWords(
  copy: readonly string[],
  original: readonly string[],
  { exact }: Pick<Fingerprint, 'exact'>,
): number {
  if (exact) return copy.length === original.length && copy.every((word, i) => word === original[i]) ? 1 : 0;
  const added = splitByPlace(copy, new Set(original));
  const lost = splitByPlace(original, new Set(copy));
  const size = countCharacters(original);
  if (size < tooMonotonous) return added.all.length + lost.all.length === 0 ? 1 : 0;
  if (countCharacters(lost.all) > size * mostOtherwise) return 0;
  const kept = size - without(lost.all.join(''), added.all.join('')).length;
  const more = without(added.all.join(''), lost.all.join('')).length;
  if (kept < size * leastKept || more > size * mostAdded) return 0;
  return contradicts(lost, added, size) ? 0 : kept / (size + more);
}

interface Places {
  all: string[];
  head: string[];
  middle: string[];
  tail: string[];
}

/** The words that the other text doesn't have: before, between and after those that it has. */
function splitByPlace(words: readonly string[], others: ReadonlySet<string>): Places {
  const first = words.findIndex((word) => others.has(word));
  const last = words.findLastIndex((word) => others.has(word));
  const places: Places = { all: [], head: [], middle: [], tail: [] };
  for (const [at, word] of words.entries()) {
    if (others.has(word)) continue;
    places.all.push(word);
    (at < first ? places.head : at > last ? places.tail : places.middle).push(word);
  }
  return places;
}

function countCharacters(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + word.length, 0);
}

/**
 * The characters of words that carry meaning which the other text hasn't got. A mistyped character takes the word around it
 * apart, so that words alone would say too much.
 */
function leftOf(words: readonly string[], others: readonly string[]): string {
  return without(words.filter((word) => !isLooseWord(word)).join(''), others.join(''));
}

function contradicts(lost: Places, added: Places, size: number): boolean {
  if (added.all.some((word) => digit.test(word))) return true;
  const come = leftOf(added.all, lost.all);
  // What is cut off contradicts nothing: only what is missing in the middle counts.
  const gone = leftOf(lost.middle, added.all);
  if (countDenials(come) !== countDenials(gone)) return true;
  const mistyped = come.length === 1 && gone.length === 1;
  if (!mistyped && countNumbers(come) + countNumbers(gone) > 0) return true;
  if (added.all.some((word) => namesPlace(word) && isOther(word, lost.all))) return true;
  const changed = Math.min(gone.length, leftOf(added.middle, lost.all).length);
  if (changed > Math.max(2, size * mostChanged)) return true;
  // Words of one's own stand before or after, and a text is cut off at its ends; in the middle, one thing makes way for another.
  const exchanges: [string[], string[]][] = [
    [lost.middle, added.all],
    [lost.all, added.middle],
    [lost.head, added.head],
    [lost.tail, added.tail],
  ];
  const all = { lost: lost.all, added: added.all };
  return exchanges.some(([gone, come]) => isExchange(gone, come, all));
}

/** One thing was put in the place of another, as opposed to a character mistyped. */
function isExchange(
  lost: readonly string[],
  added: readonly string[],
  all: { lost: readonly string[]; added: readonly string[] },
): boolean {
  const gone = leftOf(lost, all.added);
  const come = leftOf(added, all.lost);
  if (gone === '' || come === '') return false;
  const isWholeWord = (others: readonly string[]) => (word: string) =>
    !isLooseWord(word) && isOther(word, others);
  return lost.some(isWholeWord(all.added)) || added.some(isWholeWord(all.lost)) || isOpposed(gone, come);
}

/** Two characters or more of it are in none of the others. */
function isOther(word: string, others: readonly string[]): boolean {
  return without(word, others.join('')).length >= 2;
}

/** The characters of `text` that are left when those of `other` are taken away, one for one. */
function without(text: string, other: string): string {
  const counts = new Map<string, number>();
  for (const character of other) counts.set(character, (counts.get(character) ?? 0) + 1);
  let left = '';
  for (const character of text) {
    const count = counts.get(character) ?? 0;
    if (count === 0) left += character;
    else counts.set(character, count - 1);
  }
  return left;
}
