import type { Node } from '@tiptap/pm/model';
import {
  type DraftDocument,
  type FlatDocument,
  flattenDocument,
} from '../../../review-api/contract/draft-text.ts';
import { t } from '../i18n/t.ts';
import { fileOf } from './check-groups.ts';
import type { DraftComment, ShownFinding } from './draft-api.ts';
import type { TextMark } from './draft-marks.ts';
import { checkCategoryNames, checkLevelNames } from './draft-names.ts';

const flatten = (doc: Node): FlatDocument => flattenDocument(doc.toJSON() as DraftDocument);

/** Where a stretch of the flat text stands in the editor; null where there is nothing of it to be shown. */
function findRange(flat: FlatDocument, start: number, end: number): { from: number; to: number } | null {
  const from = flat.positionAt(start);
  const to = flat.positionAt(end, 'before');
  return to > from ? { from, to } : null;
}

function findPictures(doc: Node, hash: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  doc.descendants((node, position) => {
    if (node.type.name === 'image' && node.attrs.hash === hash)
      found.push({ from: position, to: position + 1 });
  });
  return found;
}

/** What is still asked of the writer is marked in the text; what was answered is listed alone. */
export function placeFindings(doc: Node, findings: readonly ShownFinding[]): TextMark[] {
  const flat = flatten(doc);
  return findings.flatMap((finding) => {
    if (finding.answered !== null) return [];
    const { place, level, category, message, id } = finding;
    const label = t('draft-words.findingMark', {
      level: checkLevelNames[level],
      category: checkCategoryNames[category],
      message,
    });
    const mark = { id, kind: level, label };
    const file = fileOf(place);
    if (file !== null) return findPictures(doc, file).map((range) => ({ ...mark, ...range }));
    const range = place.part === 'body' ? findRange(flat, place.start, place.end) : null;
    return range === null ? [] : [{ ...mark, ...range }];
  });
}

/**
 * A phrase in a text that was written on since: of the places where it still stands, the nearest to where it stood. Null where it
 * is gone.
 */
export function findPhrase(text: string, phrase: { text: string; start: number }): number | null {
  if (phrase.text === '') return null;
  if (text.startsWith(phrase.text, phrase.start)) return phrase.start;
  const before = text.lastIndexOf(phrase.text, phrase.start);
  const after = text.indexOf(phrase.text, phrase.start);
  if (before < 0 || after < 0) return before < 0 && after < 0 ? null : Math.max(before, after);
  return phrase.start - before <= after - phrase.start ? before : after;
}

/** @returns the marks of those whose words still stand there, and the ids of those whose words are gone */
export function placeComments(
  doc: Node,
  comments: readonly DraftComment[],
): { marks: TextMark[]; outdated: Set<string> } {
  const flat = flatten(doc);
  const marks: TextMark[] = [];
  const outdated = new Set<string>();
  for (const { id, phrase, isOutdated, resolved, by, text } of comments) {
    if (isOutdated) outdated.add(id);
    if (phrase === null) continue;
    const start = findPhrase(flat.text, phrase);
    const range = start === null ? null : findRange(flat, start, start + phrase.text.length);
    if (range === null) outdated.add(id);
    else if (resolved === null)
      marks.push({
        id,
        kind: 'comment',
        label: t('draft-words.commentMark', { name: by.name, text }),
        ...range,
      });
  }
  return { marks, outdated };
}

/** The words selected, with their place in the flat text. Null where nothing is. */
export function readPhrase(
  doc: Node,
  { from, to }: { from: number; to: number },
): { start: number; end: number; text: string } | null {
  const flat = flatten(doc);
  const [start, end] = [flat.offsetAt(from), flat.offsetAt(to)];
  const text = flat.text.slice(start, end);
  return text.trim() === '' ? null : { start, end, text };
}
