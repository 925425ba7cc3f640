import {
  type KeyPhrase,
  leastItemsOfPhrase,
  listKeyPhrases,
  type PhraseBackground,
  type PhraseCounts,
} from '../../pipeline/domain/key-phrase.ts';
import { extractByJieba } from './jieba-extract.ts';
import type { Labelled } from './streams.ts';

/** A matter with what is said of it and what a person named. */
export interface NamedMatter {
  name: string;
  said: readonly Labelled[];
  phrases: readonly string[];
}

/** Phrases, best first, of what was said. */
type Way = (said: readonly Labelled[], background: PhraseBackground) => string[];

const limit = 5;

const countPhrases = (said: readonly Labelled[]): PhraseCounts => {
  const phrases = new Map<string, number>();
  for (const { item } of said)
    for (const phrase of item.phrases) phrases.set(phrase, (phrases.get(phrase) ?? 0) + 1);
  return { items: said.length, phrases };
};

const standsInSeveral = (said: readonly Labelled[]) => (phrase: string) =>
  said.filter(({ text }) => text.toLowerCase().includes(phrase)).length >= leastItemsOfPhrase;

/** How often, times how seldom elsewhere. */
const byTfIdf: Way = (said, background) => {
  const { phrases } = countPhrases(said);
  const idf = (phrase: string) =>
    Math.log((background.items + 1) / ((background.phrases.get(phrase) ?? 0) + 1));
  return [...phrases]
    .map(([phrase, count]) => ({ phrase, score: count * idf(phrase) }))
    .sort((a, b) => b.score - a.score || (a.phrase < b.phrase ? -1 : 1))
    .map(({ phrase }) => phrase);
};

const byJieba: Way = (said) => extractByJieba(said.map(({ text }) => text).join('\n'), 60);

/** None shows a phrase of fewer than three items but where it says so. */
export const ways = {
  product: (said, background) =>
    listKeyPhrases(countPhrases(said), background, limit).map(({ phrase }: KeyPhrase) => phrase),
  'tf-idf, three items': (said, background) =>
    byTfIdf(said, background).filter(standsInSeveral(said)).slice(0, limit),
  'tf-idf, any': (said, background) => byTfIdf(said, background).slice(0, limit),
  'nodejieba, three items': (said, background) =>
    byJieba(said, background).filter(standsInSeveral(said)).slice(0, limit),
  'nodejieba, any': (said, background) => byJieba(said, background).slice(0, limit),
} satisfies Record<string, Way>;

const round = (value: number) => Math.round(value * 1000) / 1000;

/** One is found by a phrase that it contains or is contained in; a phrase that finds what another found before is no gain. */
export function scorePhrases(way: Way, matters: readonly NamedMatter[], background: PhraseBackground) {
  let [given, right, found, asked, gain] = [0, 0, 0, 0, 0];
  for (const { said, phrases } of matters) {
    const got = way(said, background);
    const left = new Set(phrases);
    let dcg = 0;
    for (const [rank, phrase] of got.entries()) {
      const fits = (wanted: string) => wanted.includes(phrase) || phrase.includes(wanted);
      if (phrases.some(fits)) right += 1;
      const fresh = [...left].filter(fits);
      if (fresh.length > 0) dcg += 1 / Math.log2(rank + 2);
      for (const wanted of fresh) left.delete(wanted);
    }
    given += got.length;
    asked += phrases.length;
    found += phrases.length - left.size;
    let best = 0;
    for (let rank = 0; rank < Math.min(limit, phrases.length); rank += 1) best += 1 / Math.log2(rank + 2);
    gain += dcg / best;
  }
  const [precision, recall] = [right / Math.max(1, given), found / Math.max(1, asked)];
  return {
    matters: matters.length,
    given,
    precision: round(precision),
    recall: round(recall),
    f1: round((2 * precision * recall) / Math.max(1e-9, precision + recall)),
    ndcg: round(gain / Math.max(1, matters.length)),
  };
}
