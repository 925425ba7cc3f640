import { MatchStep } from '../domain/verdict.ts';
import { isHan } from '../text/han.ts';
import { normalise } from '../text/normalise.ts';
import type { Span } from '../text/spans.ts';
import type { RuleHit } from './lexicon-match.ts';
import type { TextContext } from './text-context.ts';

const letterOrNumber = /[\p{L}\p{N}]/u;
const wideForm = /[\uff01-\uff5e]/;

/** What folding did to one character of the stored text; null when nothing that matters for a word. */
function foldStepsOf(character: string): MatchStep[] {
  const folded = normalise(character).text;
  if (folded === character) return [];
  if (folded === '') return ['invisible'];
  if (!letterOrNumber.test(character)) return [];
  if (isHan(character.charCodeAt(0)) && isHan(folded.charCodeAt(0))) return ['traditional'];
  if (/^\d+$/.test(folded)) return [wideForm.test(character) ? 'width' : 'digit'];
  const narrow = character.normalize('NFKC');
  const steps: MatchStep[] = narrow === character ? [] : ['width'];
  return narrow.toLowerCase() === narrow ? steps : [...steps, 'case'];
}

/** What was left out between the characters of a hit: fillers, or the same character again. */
function gapStepsOf({ text }: { text: string }, span: Span, word: string | null): MatchStep[] {
  const stood = text.slice(span.start, span.end);
  const steps: MatchStep[] = [];
  if (/[^\p{L}\p{N}]/u.test(word === null ? '' : without(stood, word))) steps.push('filler');
  if (word !== null && /(\p{Script=Han})\1/u.test(stood) && !/(\p{Script=Han})\1/u.test(word))
    steps.push('repeat');
  return steps;
}

/** What stands there beside the word's own signs: 日结,先交 has a comma of its own. */
function without(stood: string, word: string): string {
  return [...stood].filter((character) => !word.includes(character)).join('');
}

/**
 * What had to be undone before the rule's word was found, in MatchStep.options. Text-free.
 * @param hit in the squeezed text
 */
export function stepsOf(context: TextContext, hit: RuleHit): MatchStep[] {
  const steps = new Set<MatchStep>(hit.heard);
  if (context.normalised.text !== context.stored) {
    const { start, end } = context.fromSqueezed(hit);
    for (const character of context.stored.slice(start, end)) {
      for (const step of foldStepsOf(character)) steps.add(step);
    }
  }
  const word = hit.word === null ? null : normalise(hit.word).text;
  if (context.isWrittenApart(hit)) steps.add('filler');
  for (const step of gapStepsOf(context.squeezed, hit, word)) steps.add(step);
  if (word !== null && /\d/.test(word) && !/\d/.test(context.squeezed.text.slice(hit.start, hit.end)))
    steps.add('digit');
  return MatchStep.options.filter((step) => steps.has(step));
}
