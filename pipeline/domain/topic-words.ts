import { leastItemsOfPhrase } from './key-phrase.ts';
import type { Topic, TopicPhrase } from './topic.ts';

/** Without the blanks and marks over which a phrase never goes. */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** A different item: its near copies' texts; empty where none lives any more. */
export type UnitTexts = readonly string[];

/**
 * In how many of these items each phrase stands, as far as their texts live. Words are not taken apart here: a phrase counts where its
 * letters stand, so that rather too many are found than too few.
 */
export function countInTexts(phrases: readonly TopicPhrase[], units: readonly UnitTexts[]): TopicPhrase[] {
  const folded = units.map((texts) => texts.map(fold));
  return phrases.map(({ phrase }) => ({
    phrase,
    items: folded.filter((texts) => texts.some((text) => text.includes(phrase))).length,
  }));
}

/**
 * The topic once items have left it: what they bore is counted no more, and what fewer than three bear is gone at once. Of an item
 * whose text lives no more nobody knows what it bore: all of it.
 */
export function withoutUnits(topic: Topic, units: readonly UnitTexts[]): Topic {
  const unknown = units.filter((texts) => texts.length === 0).length;
  const borne = new Map(countInTexts(topic.phrases, units).map(({ phrase, items }) => [phrase, items]));
  const phrases = topic.phrases.flatMap(({ phrase, items }) => {
    const left = items - (borne.get(phrase) ?? 0) - unknown;
    return left < leastItemsOfPhrase ? [] : [{ phrase, items: left }];
  });
  return withPhrases({ ...topic, units: Math.max(0, topic.units - units.length) }, phrases);
}

/**
 * The topic as its living texts still bear it. Age takes no words away: of an item whose text had its time nobody knows what it bore,
 * and what was counted while it lived stays counted. Every other item that is gone may have borne each of them.
 * @param counts in how many different items with a living text each phrase stands
 */
export function settlePhrases(
  topic: Topic,
  counts: ReadonlyMap<string, number>,
  { living, aged }: { living: number; aged: number },
): Topic {
  const gone = Math.max(0, topic.units - living - aged);
  const phrases = topic.phrases.flatMap(({ phrase, items }) => {
    const borne = counts.get(phrase) ?? 0;
    const still = Math.max(borne, Math.min(items - gone, borne + aged));
    return still < leastItemsOfPhrase ? [] : [{ phrase, items: still }];
  });
  return withPhrases({ ...topic, units: living + aged }, phrases);
}

/** A name that is made of what is there no more gives way, unless a person gave it. */
function withPhrases(topic: Topic, phrases: TopicPhrase[]): Topic {
  const stands = new Set(phrases.map(({ phrase }) => phrase));
  const isGone = topic.phrases.some(({ phrase }) => !stands.has(phrase) && topic.name.includes(phrase));
  if (!isGone || topic.namedBy === 'person') return { ...topic, phrases };
  return { ...topic, phrases, name: phrases[0]?.phrase ?? '话题' };
}

/** Of two that become one. */
export function addPhrases(a: readonly TopicPhrase[], b: readonly TopicPhrase[]): TopicPhrase[] {
  const sum = new Map<string, number>();
  for (const { phrase, items } of [...a, ...b]) sum.set(phrase, (sum.get(phrase) ?? 0) + items);
  return [...sum]
    .sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))
    .slice(0, storedPhrases)
    .map(([phrase, items]) => ({ phrase, items }));
}

/** Of a topic, those of most items. */
export const storedPhrases = 24;
