import type { ReadExcerpt } from '../../pipeline/commands/read-excerpts.ts';
import { maskText } from '../../pipeline/domain/mask.ts';
import { storedText } from '../../pipeline/domain/post.ts';
import { excerptLength } from '../contract/case-summary.ts';

/** The beginning of a text as this person sees it: the title or, without one, the text. Null when there is none to see. */
export function presentExcerpt({ text, view, findings }: ReadExcerpt): string | null {
  if (text === null || view === 'none') return null;
  const whole = storedText(text);
  const shown = view === 'masked' ? maskText(whole, findings) : whole;
  const from = text.title === '' ? shown : shown.slice(0, text.title.length);
  // A text may be a million characters long, and a list has many of them.
  const beginning = from.trimStart().slice(0, 20 * excerptLength);
  const characters = [...beginning.replace(/\s+/g, ' ').trim()];
  if (characters.length <= excerptLength) return characters.join('');
  return `${characters.slice(0, excerptLength - 1).join('')}…`;
}
