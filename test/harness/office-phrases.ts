import { countPhrases, findPhrases } from '../../pipeline/commands/count-phrases.ts';
import type { KeyPhrasePorts } from '../../pipeline/commands/read-key-phrases.ts';
import type { TopicTexts } from '../../pipeline/ports/topic-store.ts';
import { openPhraseReader, type PhraseReader } from '../../pipeline/text/phrase-reader.ts';
import { openSegmenter } from '../../pipeline/text/segment.ts';

/** As the thread does it, in this one; made when somebody asks: few tests do. */
export function openOfficePhrases(texts: TopicTexts): Pick<KeyPhrasePorts, 'countPhrases' | 'findPhrases'> {
  let made: PhraseReader | null = null;
  const read = (text: string) => {
    made ??= openPhraseReader(openSegmenter({ dictionaryWords: [] }), []);
    return made.read(text);
  };
  return {
    countPhrases: (scan, least) => countPhrases(scan, least, { texts, read }),
    findPhrases: (scans, phrases) =>
      Promise.all(scans.map((scan) => findPhrases(scan, phrases, { texts, read }))),
  };
}
