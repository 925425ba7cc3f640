import type { Finding } from './verdict.ts';

const maskMark = '*';
const maskedCategories: readonly string[] = ['leak', 'harassment'];

/** What names or reaches a person whether or not a finding covers it: long numbers in any writing, and mail addresses. */
const personal = [
  /(?<![0-9０-９])(?!(?:19|20)[0-9]{2}[-－—~～至]{1,2}(?:19|20)[0-9]{2}(?![0-9]))[0-9０-９](?:[\s\-－—.·]?[0-9０-９Xx]){5,}/gu,
  /[零〇一二三四五六七八九幺两]{6,}/gu,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu,
];

/**
 * A text as those see it who must act on it but need not know whom it is about. Every UTF-16 unit that is hidden becomes one
 * mark, so that offsets hold; line breaks stay. Without findings (`null`: nobody has judged this text) all of it is hidden.
 */
export function maskText(
  text: string,
  findings: readonly Pick<Finding, 'category' | 'start' | 'end'>[] | null,
): string {
  if (findings === null) return text.replace(/[^\n]/g, maskMark);
  const spans = findings
    .filter((finding) => maskedCategories.includes(finding.category))
    .map(({ start, end }) => ({ start, end }));
  for (const pattern of personal) {
    for (const match of text.matchAll(pattern)) {
      spans.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  const units = text.split('');
  for (const { start, end } of spans) {
    for (let at = Math.max(0, start); at < Math.min(end, units.length); at += 1) {
      if (units[at] !== '\n') units[at] = maskMark;
    }
  }
  return units.join('').replace(loneSurrogates, maskMark);
}

/** A span that ends inside a pair must not leave half a character. */
const loneSurrogates = /\p{Surrogate}/gu;
