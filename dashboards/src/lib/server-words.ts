import { locale } from '../i18n/t.ts';

/** A sentence that the server writes in both languages, in the language of the page. */
export function wordsOf({ words, says }: { words: string; says: string }): string {
  return locale === 'en' ? `${says.charAt(0).toUpperCase()}${says.slice(1)}` : words;
}
