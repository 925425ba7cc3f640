import type { ConditionScope, RuleConditions } from '../domain/rule.ts';
import { foldPhrase } from '../text/fold-phrase.ts';
import type { Span } from '../text/spans.ts';

/** A rule's conditions with every phrase as the text will have it. */
export interface Conditions {
  all: readonly (readonly string[])[];
  near: { words: readonly string[]; within: number } | null;
  not: readonly string[];
  scope: ConditionScope;
}

/** A sentence without end is looked at so far from the hit, in UTF-16 units. */
const furthestUnits = 300;
const ends: Record<Exclude<ConditionScope, 'text'>, ReadonlySet<string>> = {
  sentence: new Set([...'。!?;…\n']),
  clause: new Set([...'。!?;…\n,、:']),
};

export function compileConditions(conditions: RuleConditions | null): Conditions | null {
  if (conditions === null) return null;
  const fold = (phrases: readonly string[]): string[] =>
    phrases.map(foldPhrase).filter((phrase) => phrase !== '');
  const { all, near, not, scope } = conditions;
  return {
    all: all.map(fold),
    near: near === null ? null : { words: fold(near.words), within: near.within },
    not: fold(not),
    scope,
  };
}

function scopeAround(text: string, { start, end }: Span, scope: ConditionScope): string {
  if (scope === 'text') return text;
  const stops = ends[scope];
  const lowest = Math.max(0, start - furthestUnits);
  const highest = Math.min(text.length, end + furthestUnits);
  let from = start;
  while (from > lowest && !stops.has(text.charAt(from - 1))) from -= 1;
  let to = end;
  while (to < highest && !stops.has(text.charAt(to))) to += 1;
  return text.slice(from, to);
}

function standsNear(text: string, { start, end }: Span, near: NonNullable<Conditions['near']>): boolean {
  return near.words.some((word) => {
    // A word that begins inside the hit stands nowhere near it: it is the hit.
    const before = text.slice(Math.max(0, start - near.within - word.length), start);
    const after = text.slice(end, end + near.within + word.length);
    return before.includes(word) || after.includes(word);
  });
}

/**
 * Does everything hold that must hold for this hit to count?
 * @param text normalised and squeezed; the span is in it
 */
export function conditionsHold(conditions: Conditions, text: string, span: Span): boolean {
  const { all, near, not, scope } = conditions;
  if (near !== null && !standsNear(text, span, near)) return false;
  if (all.length === 0 && not.length === 0) return true;
  const around = scopeAround(text, span, scope);
  return (
    all.every((group) => group.some((word) => around.includes(word))) &&
    !not.some((word) => around.includes(word))
  );
}
