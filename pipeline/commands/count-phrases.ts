import { setImmediate } from 'node:timers/promises';
import type { PhraseCounts } from '../domain/key-phrase.ts';
import type { Fingerprint } from '../domain/near-copy.ts';
import { storedText } from '../domain/post.ts';
import type { TopicText, TopicTextScan, TopicTexts } from '../ports/topic-store.ts';

/** As the text is: kept no longer and shown to nobody. */
export interface ReadText {
  phrases: string[];
  /** By what near copies are found; null where there is nothing to compare. */
  copies: Fingerprint | null;
}

const pageSize = 500;
/** Of a school, eight weeks have fewer. */
const mostTexts = 200_000;
/** Of the sixteen keys of a text. */
const sharedByCopies = 5;

/** Says of each text whether it is a near copy of one before. */
function openCopyCheck(): (copies: Fingerprint | null) => boolean {
  const seen = new Set<number>();
  return (copies) => {
    if (copies === null) return false;
    const shared = copies.keys.filter((key) => seen.has(key)).length;
    for (const key of copies.keys) seen.add(key);
    return shared >= (copies.exact ? 1 : sharedByCopies);
  };
}

interface PhraseWork {
  texts: TopicTexts;
  read: (stored: string) => ReadText;
  signal?: AbortSignal;
}

/** Different items, latest hour first: of near copies the one that comes first. @returns how many */
async function readDifferent(
  scan: TopicTextScan,
  take: (text: TopicText, phrases: readonly string[]) => void,
  { texts, read, signal }: PhraseWork,
): Promise<number> {
  const isCopy = openCopyCheck();
  let items = 0;
  let cursor: string | null = null;
  do {
    signal?.throwIfAborted();
    const page: Awaited<ReturnType<TopicTexts['scanTexts']>> = await texts.scanTexts(scan, {
      cursor,
      limit: pageSize,
    });
    for (const text of page.items) {
      const { phrases, copies } = read(storedText(text));
      if (isCopy(copies)) continue;
      items += 1;
      take(text, phrases);
    }
    cursor = page.nextCursor;
    // Lets a word that asks to stop come in.
    await setImmediate();
  } while (cursor !== null && items < mostTexts);
  return items;
}

/**
 * In how many different items of these hours each phrase stands.
 * @param least phrases of fewer items are left out: they are somebody's own words
 * @throws the signal's reason once it is aborted
 */
export async function countPhrases(
  scan: TopicTextScan,
  least: number,
  work: PhraseWork,
): Promise<PhraseCounts> {
  const counts = new Map<string, number>();
  const count = (_: TopicText, phrases: readonly string[]) => {
    for (const phrase of phrases) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  };
  const items = await readDifferent(scan, count, work);
  return { items, phrases: new Map([...counts].filter(([, found]) => found >= least)) };
}

/** That a phrase stands in an item. */
export interface PhrasePlace {
  phrase: string;
  postId: string;
  /** When it was published, else gathered. */
  at: string;
  channelId: string;
}

/** The items that `countPhrases` counts for these phrases, latest hour first. @throws the signal's reason once it is aborted */
export async function findPhrases(
  scan: TopicTextScan,
  asked: readonly string[],
  work: PhraseWork,
): Promise<PhrasePlace[]> {
  const wanted = new Set(asked);
  const places: PhrasePlace[] = [];
  const note = ({ postId, at, channelId }: TopicText, phrases: readonly string[]) => {
    for (const phrase of phrases) if (wanted.has(phrase)) places.push({ phrase, postId, at, channelId });
  };
  await readDifferent(scan, note, work);
  return places;
}
