import { type PhraseBackground, usualShare } from './key-phrase.ts';

/**
 * Of an item, what the grouping looks at. Its phrases and keys are as its text is: they are kept in memory for some days and
 * nowhere else.
 */
export interface TopicItem {
  postId: string;
  at: string;
  channelId: string;
  speaker: 'public' | 'school';
  rootId: string | null;
  parentId: string | null;
  phrases: readonly string[];
  /** By what near copies are found; of a short text the same for the very same words alone. */
  copies: { exact: boolean; keys: readonly number[] } | null;
}

/** Chosen on half of the labelled matters and measured on the others (docs/models.md). */
export const topicSettings = {
  /** Of log odds that an item speaks of a topic. */
  join: 5,
  /** What fewer of its items say is no mark of a topic. */
  leastShare: 0.06,
  /** Of the logarithm of how many came in the last day. */
  pace: 0.7,
  /** That two items speak of one matter. */
  link: 6.5,
  /** That a comment speaks of what it stands under. */
  linkRoot: 6,
  /** From here on an item belongs by its own words, whatever its place. */
  ownWords: 2,
  /** What a reply to an item of the topic counts, and its being said where only the topic is spoken of. */
  reply: 2,
  sameRoot: 5.5,
  pairRoot: 1.2,
  /** What stands there and belongs nowhere counts so much against its place. */
  unplaced: 0.2,
  /** Without a word of the topic, its place must say so much. */
  silent: 4.5,
  /** Of what an item says besides, a phrase. */
  miss: 0.25,
  mostMissed: 2.5,
  /** A day without an item. */
  idleDay: 0.12,
  /** Chance that a group would be there without a cause. */
  chance: 1e-5,
  /** What is said under one article that is spoken of is seldom there without a cause. */
  anchored: 0.005,
  second: 0.25,
  /** So many times as often as in the last months is still usual: term and vacation speak of other things. */
  seasonal: 3,
  /** Likeness at which two topics are one. */
  merge: 0.35,
  /** Of what stands around a young topic's items, the share of another one at which both are one. */
  around: 0.35,
} as const;

/** Half of what is said of a matter is said in its own words, the rest as always. */
const ofTopic = 0.5;
const mostOfPhrase = 7;
/** A phrase in more than this share of everything says nothing of what is spoken of. */
const common = 0.04;

/** How much likelier a phrase is when it is spoken of a matter in whose items it has that share. */
export function weighShared(share: number, usual: number): number {
  if (usual > common) return 0;
  return Math.min(mostOfPhrase, Math.log((ofTopic * share + (1 - ofTopic) * usual) / usual));
}

/** Parts of a phrase that is shared as a whole are no evidence of their own. */
export function withoutParts(phrases: readonly string[]): string[] {
  const byLength = [...phrases].sort((a, b) => b.length - a.length);
  const kept: string[] = [];
  for (const phrase of byLength) if (!kept.some((longer) => longer.includes(phrase))) kept.push(phrase);
  return kept;
}

/** The chance of so many or more, where so many are to be expected. */
export function chanceOfSoMany(count: number, expected: number): number {
  if (count <= 0) return 1;
  let term = Math.exp(-expected);
  let below = 0;
  for (let k = 0; k < count; k += 1) {
    below += term;
    term *= expected / (k + 1);
  }
  if (below < 1 - 1e-9) return 1 - below;
  // Far out in the tail the sum above has no digits left: the first of its terms is nearly all of it.
  return term;
}

/** Of several phrases: the second confirms the first, and so does the article that all stand under. */
export function joinChances(chances: readonly number[], isAnchored: boolean): number {
  const [first = 1, second = 1] = chances.toSorted((a, b) => a - b);
  return first * second ** topicSettings.second * (isAnchored ? topicSettings.anchored : 1);
}

const mostPhrases = 30;

/** The phrases of an item that say most, for long texts have hundreds. */
export function tellingPhrases(phrases: readonly string[], background: PhraseBackground): string[] {
  if (phrases.length <= mostPhrases) return [...phrases];
  return [...phrases]
    .sort((a, b) => usualShare(background, a) - usualShare(background, b) || (a < b ? -1 : 1))
    .slice(0, mostPhrases);
}

/** The one order in which items are taken: the same, whatever order they were read in. */
export const compareItems = (a: TopicItem, b: TopicItem): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.postId < b.postId ? -1 : 1;
