import type { Fingerprint } from '../domain/near-copy.ts';
import { buildFingerprint } from './fingerprint.ts';
import { normalise } from './normalise.ts';
import { listPhrases, looksLikeName } from './phrases.ts';
import type { Segmenter, WordTagger } from './segment.ts';

export interface PhraseReader {
  /** @param stored the text as it is stored: masked mentions stand in it as `@…` */
  read(stored: string): { phrases: string[]; copies: Fingerprint | null };
}

const mention = /@\S{0,30}/gu;
const address = /https?:\/\/\S+/gu;
/** What was asked of a word once is known; a school's texts have some ten thousand. */
const mostRemembered = 50_000;

/** @param ownWords the school's own names, which are nobody's */
export function openPhraseReader(
  segmenter: Pick<Segmenter, 'cut'> & WordTagger,
  ownWords: readonly string[],
): PhraseReader {
  const own = new Set(ownWords);
  const known = new Map<string, boolean>();
  const isName = (word: string): boolean => {
    if (own.has(word)) return false;
    const answer = known.get(word);
    if (answer !== undefined) return answer;
    const isOne = word.length <= 4 && looksLikeName(word, segmenter.tag(word));
    if (known.size >= mostRemembered) known.clear();
    known.set(word, isOne);
    return isOne;
  };
  return {
    read: (stored) => {
      const plain = stored.replace(address, ' ').replace(mention, ' ');
      const { text } = normalise(plain);
      return { phrases: listPhrases(segmenter.cut(text), { isName }), copies: buildFingerprint(text) };
    },
  };
}
