/** What a person typed into the search field, taken apart. */
export interface SearchWords {
  /** Words that must all occur, as typed: still to be cut into the words of the index. */
  text: string;
  /** Each must stand in the text as it is. */
  phrases: string[];
  /** Words that must not occur. */
  without: string[];
  /** An address or an id, if that is all that was typed. */
  address: string | null;
}

const quoted = /["“”«»「](.+?)["“”«»」]/gu;
const excluded = /(?<=^|\s)[-－](\S+)/gu;
/** `https://…`, or an id as the log and platforms have them: letters, digits and marks, and at least one digit. */
const address = /^(?:https?:\/\/\S+|(?=\S*\d)[\w-]+(?::[\w.:~/?&=%+#-]+)?)$/iu;
const shortestId = 6;

/** `二食堂 "排队太久" -价格`. Quotes may be Chinese ones; everything else is looked for word by word. */
export function parseSearch(typed: string): SearchWords {
  const whole = typed.trim();
  const isAddress = address.test(whole) && whole.length >= shortestId;
  const phrases: string[] = [];
  const without: string[] = [];
  const rest = whole
    .replace(quoted, (_, phrase: string) => {
      if (phrase.trim() !== '') phrases.push(phrase.trim());
      return ' ';
    })
    .replace(excluded, (_, word: string) => {
      without.push(word);
      return ' ';
    });
  return { text: rest.trim(), phrases, without, address: isAddress ? whole : null };
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');

/** Blanks, width and case aside. */
export function holdsPhrases(text: string, phrases: readonly string[]): boolean {
  const whole = plain(text);
  return phrases.every((phrase) => whole.includes(plain(phrase)));
}

export const snippetLength = 60;

/**
 * At most 60 characters around the first of the words that stands there, else the beginning.
 * @param shown the text as this person sees it
 */
export function snippetOf(shown: string, words: readonly string[]): string {
  const text = shown.replace(/\s+/gu, ' ').trim();
  const lower = text.toLowerCase();
  const places = words.map((word) => lower.indexOf(word.toLowerCase())).filter((place) => place >= 0);
  const hit = places.length === 0 ? 0 : Math.min(...places);
  // Counted in whole characters, so that no pair of surrogates is cut.
  const before = [...text.slice(0, hit)];
  const all = [...text];
  if (all.length <= snippetLength) return text;
  const from = Math.max(0, Math.min(before.length - 16, all.length - (snippetLength - 1)));
  const opening = from > 0 ? '…' : '';
  const room = snippetLength - opening.length;
  const reachesEnd = all.length - from <= room;
  const part = all.slice(from, from + (reachesEnd ? room : room - 1)).join('');
  return `${opening}${part}${reachesEnd ? '' : '…'}`;
}
