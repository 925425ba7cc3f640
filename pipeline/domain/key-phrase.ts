import { z } from 'zod';

/** In how many different items a phrase stands before it is kept or shown: fewer, and it would be somebody's own words (R8, R16). */
export const leastItemsOfPhrase = 3;
export const leastItemsOfBackground = 5;
/** In characters: a longer one would be a quotation. */
export const longestKeyPhrase = 12;

/** What is usual at the school: in how many different items of the last months a phrase stands. Near copies count once. */
export interface PhraseBackground {
  /** 0: nothing was counted yet. */
  version: number;
  builtAt: string | null;
  /** How many items were counted. */
  items: number;
  /** Only those of `leastItemsOfBackground` items and more. */
  phrases: ReadonlyMap<string, number>;
}

export const noBackground: PhraseBackground = { version: 0, builtAt: null, items: 0, phrases: new Map() };

export const KeyPhrase = z.object({
  phrase: z.string(),
  /** How far it stands out; comparable within one list alone. */
  score: z.number(),
  /** Different items of the period in which it stands; near copies are one. */
  items: z.int().positive(),
});
export type KeyPhrase = z.infer<typeof KeyPhrase>;

/** Phrases of a set of items, and in how many of them each stands. */
export interface PhraseCounts {
  items: number;
  phrases: ReadonlyMap<string, number>;
}

/** Weighs as much as so many items that speak as usual: a school without a history has this and nothing else. */
const priorItems = 200;
/** In so large a share of texts stands a word of which nothing else is known. */
const priorShare = 5e-4;

/** The share of the school's items in which a phrase is to be expected. */
export function usualShare({ items, phrases }: PhraseBackground, phrase: string): number {
  return ((phrases.get(phrase) ?? 0) + priorItems * priorShare) / (items + priorItems);
}

/** The largest share that a phrase is likely to have had without being kept in the background. */
export function rareShare({ items }: PhraseBackground): number {
  return leastItemsOfBackground / 2 / (items + priorItems * leastItemsOfBackground);
}

/**
 * How far a phrase stands out: in how many items, by the root of how much likelier it is here than usual. A phrase that is new and
 * stands in many items comes first; one that is no likelier than anyway never does. Of six ways the one that agreed best with
 * what a person would name (docs/models.md).
 */
function scorePhrase(count: number, items: number, usual: number): number {
  const likelier = Math.log(count / (Math.max(1, items) * usual));
  return likelier <= 0 ? 0 : count * Math.sqrt(likelier);
}

/** Stands the part in about as many items as the whole, so that it says nothing beside it? */
const absorbs = 0.7;

/**
 * The phrases that stand out, best first. Parts of a longer phrase that say nothing beside it, and longer ones that are one
 * phrase with an accident beside it, are left out.
 */
export function listKeyPhrases(
  counts: PhraseCounts,
  background: PhraseBackground,
  limit: number,
): KeyPhrase[] {
  const scored = [...counts.phrases]
    .filter(([, items]) => items >= leastItemsOfPhrase)
    .map(([phrase, items]) => ({
      phrase,
      items,
      score: scorePhrase(items, counts.items, usualShare(background, phrase)),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.phrase.length - a.phrase.length || (a.phrase < b.phrase ? -1 : 1));
  const kept: KeyPhrase[] = [];
  for (const one of scored) {
    if (kept.length === limit) break;
    const said = kept.findIndex(({ phrase }) => phrase.includes(one.phrase) || one.phrase.includes(phrase));
    const other = kept[said];
    if (other === undefined) kept.push(one);
    // The longer of two that stand in about the same items names the matter better.
    else if (one.phrase.length > other.phrase.length && one.items >= other.items * absorbs) kept[said] = one;
  }
  return kept;
}
