import { RE2JS } from 're2js';
import { InvalidInput } from '../domain/errors.ts';
import type { LexiconRule } from '../domain/rule.ts';
import { isHan } from '../text/han.ts';
import { normalise } from '../text/normalise.ts';
import type { Span } from '../text/spans.ts';
import { nativePattern } from './native-pattern.ts';
import { requiredParts, requiredWords } from './pattern-literals.ts';

/** Instructions of a compiled pattern; an ordinary one has less than a hundred. */
const largestProgram = 1500;
/** A long text is searched in pieces, so that a pattern which looks far ahead of each match stays quick. */
const pieceUnits = 4000;
/** A match is found whole if it is not longer than this. */
const overlapUnits = 400;
const mostMatches = 100;

/** A pattern in RE2 syntax: no look-around, no back-references, and never more than linear time. */
export interface Pattern {
  compiled: RE2JS;
  /** The same, where the quicker engine is as safe. */
  native: RegExp | null;
  /** Every match holds one of these; null when nothing can be said, and the pattern must always be tried. */
  words: readonly string[] | null;
  /** Every match holds a word of each of these lists as well. */
  parts: readonly (readonly string[])[];
}

/**
 * The text is normalised, so the pattern must be: Han characters are simplified and letters made small, but for what an
 * escape names (\W, \p{Han}). Punctuation stays, as it is syntax.
 */
function foldPattern(pattern: string): string {
  return pattern.replace(/\\[pP]\{[^}]*\}|\\.|./gsu, (part) => {
    if (part.startsWith('\\')) return part;
    if (/[A-Z]/.test(part)) return part.toLowerCase();
    const folded = isHan(part.charCodeAt(0)) ? normalise(part).text : part;
    return folded.length === part.length ? folded : part;
  });
}

/** @throws InvalidInput naming the rule and the field, for what RE2 refuses, what is too large, and what matches nothing at all */
export function compilePattern({ id, pattern }: Pick<LexiconRule, 'id' | 'pattern'>): Pattern | null {
  if (pattern === null) return null;
  const refuse = (reason: string): never => {
    throw new InvalidInput('pattern', `rule ${id}: pattern ${reason}`);
  };
  const folded = foldPattern(pattern);
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(folded);
  } catch (error) {
    return refuse(`refused: ${error instanceof Error ? error.message : 'not understood'}`);
  }
  if (compiled.programSize() > largestProgram) refuse('is too large');
  if (compiled.matcher('').find()) refuse('matches where nothing stands');
  return {
    compiled,
    native: nativePattern(folded),
    words: requiredWords(folded),
    parts: requiredParts(folded),
  };
}

function searchPiece(pattern: Pattern, piece: string, onSpan: (span: Span) => boolean): void {
  const { native } = pattern;
  if (native !== null) {
    native.lastIndex = 0;
    for (let found = native.exec(piece); found !== null; found = native.exec(piece))
      if (!onSpan({ start: found.index, end: native.lastIndex })) return;
    return;
  }
  const matcher = pattern.compiled.matcher(piece);
  while (matcher.find()) if (!onSpan({ start: matcher.start(), end: matcher.end() })) return;
}

/** A piece begins one unit early and ends late; what touches a cut, where ^ and $ would hold, belongs to its neighbour. */
function searchPieces(pattern: Pattern, text: string, onSpan: (span: Span) => boolean): void {
  let wanted = true;
  for (let from = 0; from < text.length && wanted; from += pieceUnits) {
    const first = Math.max(0, from - 1);
    const last = Math.min(text.length, from + pieceUnits + overlapUnits);
    searchPiece(pattern, text.slice(first, last), (span) => {
      const start = first + span.start;
      const end = first + span.end;
      if (start >= from + pieceUnits) return false;
      const isCut = start < from || (end === last && last < text.length);
      if (!isCut) wanted = onSpan({ start, end });
      return wanted;
    });
  }
}

/** To look for words is a hundred times quicker than to try the pattern. */
function holdsEvery(parts: Pattern['parts'], text: string): boolean {
  return parts.every((words) => words.some((word) => text.includes(word)));
}

/** Spans of the text that the pattern matches, in order, not overlapping, at most a hundred; linear in the text. */
export function searchPattern(pattern: Pattern, text: string): Span[] {
  const spans: Span[] = [];
  if (!holdsEvery(pattern.parts, text)) return spans;
  let reach = 0;
  searchPieces(pattern, text, (span) => {
    if (span.start >= reach && span.end > span.start) {
      reach = span.end;
      spans.push(span);
    }
    return spans.length < mostMatches;
  });
  return spans;
}
