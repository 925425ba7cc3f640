import { type Category, categoryFacts } from '../domain/category.ts';
import type { Span } from '../text/spans.ts';
import { type Cue, cues } from './cue-table.ts';
import type { TextContext } from './text-context.ts';

const furthestUnits = 120;
const openingUnits = 4000;
const beforeQuoteUnits = 12;
const sentenceEnds = new Set([...'。!?;\n']);
const clauseEnds = new Set([...'。!?;\n,、:~ …']);
const openingMarks = new Set([...'"“‘「『《']);

/** Where the `parts` before a span begin, its own counted. */
function startOf(text: string, span: Span, ends: ReadonlySet<string>, parts: number): number {
  const lowest = Math.max(0, span.start - furthestUnits);
  let start = span.start;
  let left = parts;
  for (; start > lowest; start -= 1) {
    const isEnd = ends.has(text.charAt(start - 1));
    // A row of marks (……) ends one part, not several.
    if (isEnd && (start === span.start || !ends.has(text.charAt(start)))) left -= 1;
    if (left === 0) break;
  }
  return start;
}

/** The text around a span, from so many `parts` before it to the end of its own. */
function around(text: string, span: Span, ends: ReadonlySet<string>, parts: number): string {
  const highest = Math.min(text.length, span.end + furthestUnits);
  let end = span.end;
  while (end < highest && !ends.has(text.charAt(end))) end += 1;
  return text.slice(startOf(text, span, ends, parts), end);
}

/** What introduces the quotation that the span stands in: 我妈总说 in 我妈总说"…". Nothing when it is not quoted. */
function beforeQuote(text: string, span: Span): string {
  const start = startOf(text, span, sentenceEnds, 1);
  for (let at = span.start - 1; at >= start; at -= 1) {
    if (openingMarks.has(text.charAt(at))) return text.slice(Math.max(0, at - beforeQuoteUnits), at);
  }
  return '';
}

function scopeOf(text: string, span: Span, within: Cue['within']): string {
  switch (within) {
    case 'text':
      return text.slice(0, openingUnits);
    case 'sentence':
      return around(text, span, sentenceEnds, 1);
    case 'two-clauses':
      return around(text, span, clauseEnds, 2);
    case 'just-before':
      return text.slice(startOf(text, span, clauseEnds, 1), span.start);
    case 'before-quote':
      return beforeQuote(text, span);
  }
}

const holdsOne = (text: string, words: readonly string[] | undefined): boolean =>
  words?.some((word) => text.includes(word)) === true;

function speaksAbout(text: string, cue: Cue, span: Span): boolean {
  if (holdsOne(text.slice(span.start, span.end), cue.unlessHitHas)) return false;
  if (cue.unlessTextHas !== undefined && holdsOne(text.slice(0, openingUnits), cue.unlessTextHas))
    return false;
  const scope = scopeOf(text, span, cue.within);
  return holdsOne(scope, cue.words) && !holdsOne(scope, cue.unlessScopeHas);
}

/**
 * Is a hit only a way of speaking: a warning against fraud, a fire drill, an exam one could die of?
 * @param span in the squeezed text
 */
export function isMuted(context: TextContext, category: Category, confidence: number, span: Span): boolean {
  const { family } = categoryFacts[category];
  return cues.some(
    (cue) =>
      cue.families.includes(family) &&
      confidence < (cue.belowConfidence ?? Number.POSITIVE_INFINITY) &&
      (cue.ownOnly !== true || context.isOwn) &&
      speaksAbout(context.squeezed.text, cue, span),
  );
}
