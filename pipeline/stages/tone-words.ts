import { findGroups } from '../models/reading-units.ts';
import type { Span } from '../text/spans.ts';

/** Stands for whoever was named; any segmenter cuts it off from its neighbours. */
const anybody = '他们';

function nameless(text: string, groups: readonly Span[]): string {
  let made = '';
  let from = 0;
  for (const { start, end } of groups) {
    made += text.slice(from, start) + anybody;
    from = end;
  }
  return made + text.slice(from);
}

/** The words with `anybody` in place of each group; null where a group does not begin and end with a word. */
function replaceWhole(words: readonly string[], groups: readonly Span[]): string[] | null {
  const heard: string[] = [];
  let at = 0;
  let next = 0;
  for (const word of words) {
    const group = groups[next];
    const end = at + word.length;
    if (group === undefined || end <= group.start) heard.push(word);
    else if (at < group.start || end > group.end) return null;
    else if (end === group.end) {
      heard.push(anybody);
      next += 1;
    }
    at = end;
  }
  return heard;
}

/**
 * What the reader of tone hears: the words as they would be whatever group of people is named, so that no name can change how
 * its neighbours are cut (医学/生滚/出 beside 文科生/滚/出) or how far a denial reaches (R15).
 * @param text normalised
 * @param words of the text, as `cut` gave them
 */
export function readToneWords(
  text: string,
  words: readonly string[],
  cut: (text: string) => readonly string[],
): readonly string[] {
  const groups = findGroups(text);
  if (groups.length === 0) return words;
  return replaceWhole(words, groups) ?? cut(nameless(text, groups));
}
