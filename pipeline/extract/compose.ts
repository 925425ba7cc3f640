import type { FileFact } from '../domain/file-fact.ts';
import type { ExtractedPart, Extraction, ReadFile, Unread } from './extraction.ts';

/** What the part's name is followed by where its text was cut. */
const cutMark = '【以下从略】';

/**
 * How much of each part is kept when all together are too long: the same for all, but what a short part leaves goes to the long
 * ones. So a hidden sheet behind a long one is never lost whole.
 */
function shares(lengths: readonly number[], limit: number): number {
  let left = limit;
  let share = 0;
  const sorted = [...lengths].sort((a, b) => a - b);
  for (const [index, length] of sorted.entries()) {
    share = Math.floor(left / (sorted.length - index));
    if (length > share) return share;
    left -= length;
  }
  return Number.MAX_SAFE_INTEGER;
}

/** Not between the halves of a surrogate pair. */
function cut(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

function show({ name, text }: ExtractedPart): string {
  return name === '' ? text : `【${name}】\n${text}`;
}

/** Puts the parts into one text of at most so many code units, marks aside. Parts without text are left out. */
export function composeExtraction(read: ReadFile, maxTextLength: number, facts: FileFact[] = []): Extraction {
  const filled = read.parts
    // A reader stops once it has more than is kept. Blanks at the ends must not hide that it did.
    .map((part) => ({ ...part, text: part.text.trim(), isStopped: part.text.length > maxTextLength }))
    .filter(({ text }) => text !== '');
  const share = shares(
    filled.map(({ text }) => text.length),
    maxTextLength,
  );
  const unread: Unread[] = [...read.unread];
  const parts = filled.map(({ isStopped, ...part }): ExtractedPart => {
    if (part.text.length <= share && !isStopped) return part;
    unread.push({ part: part.name, reason: 'cut-off' });
    return { ...part, text: `${cut(part.text, Math.min(share, part.text.length))}\n${cutMark}` };
  });
  const truncated = unread.some(({ reason }) => reason === 'cut-off');
  return { ...read, parts, unread, text: parts.map(show).join('\n\n'), truncated, facts };
}
